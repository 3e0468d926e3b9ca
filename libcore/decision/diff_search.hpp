// One region of the requests of two sets: the same relations reach all of it, and what conditions read is
// tried in every combination.
//
// Source   lexecon-policy-diff(1)
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "decision/diff.hpp"
#include "decision/diff_dials.hpp"

namespace lexecon::decision {

class DiffSearch {
 public:
  /// Both sets outlive the search.
  DiffSearch(const ActiveSet& was, const ActiveSet& now, Probed& probed);

  void search(const Region& region);
  void leave_unproved(Unproved what) { unproved_.insert(std::move(what)); }
  [[nodiscard]] bool same_risk() const { return dials_.same_risk(); }
  [[nodiscard]] Difference take() &&;

 private:
  struct Asking {
    Json request;
    Facts facts;
  };
  using Verdicts = std::pair<Said, Said>;
  /// What tells two verdicts apart, and the direction of their outcomes.
  using Cause = std::pair<std::string, int>;

  void turn_all(const Region& region, std::vector<Dial>& dials);
  void turn_some(const Region& region, std::vector<Dial>& dials);
  void ask(const Region& region, const std::vector<Dial>& dials);
  void descend(const Region& region, std::vector<Dial> dials, const std::string& cause);
  void keep(const Region& region, std::vector<Dial> dials, bool confirmed,
            const Verdicts& verdicts);
  /// Nothing where it is no request.
  [[nodiscard]] static std::optional<Asking> asking_of(const Region& region,
                                                       const std::vector<Dial>& dials,
                                                       bool confirmed);
  [[nodiscard]] std::optional<Verdicts> judged(const Region& region, const std::vector<Dial>& dials,
                                               bool confirmed) const;

  const ActiveSet& was_;
  const ActiveSet& now_;
  DialMaker dials_;
  std::uint64_t cut_short_ = 0;  // regions with more combinations than are tried
  std::string first_cut_;
  bool is_cut_short_ = false;            // the region that is searched
  std::map<std::string, int> descents_;  // by cause
  std::set<Unproved> unproved_;
  std::map<Cause, VerdictChange> changes_;
  std::uint64_t judged_ = 0;
};

}  // namespace lexecon::decision
