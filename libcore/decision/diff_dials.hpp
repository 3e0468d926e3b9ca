// What can be turned in the requests of one region: the members that its conditions read, risk, approvals.
//
// Source   lexecon-policy-diff(1)
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "decision/diff.hpp"
#include "decision/diff_terms.hpp"
#include "decision/diff_values.hpp"
#include "policy/evaluate.hpp"
#include "policy/probes.hpp"

namespace lexecon::decision {

/// Requests with the same terms at one time, and the relations of the two sets that reach them.
struct Region {
  std::string actor;
  std::string action;
  Objects objects;
  Timestamp at;
  policy::Reachable was;
  policy::Reachable now;
};

/// What one condition asks; each is looked at once.
class Probed {
 public:
  [[nodiscard]] const policy::Probes& of(const policy::Condition& condition,
                                         const cel::Names& names);

 private:
  std::map<const policy::Condition*, policy::Probes> probes_;
};

/// A member of the request, or the approvals of a requirement, and which of its values is tried.
struct Dial {
  DiffMember member;
  std::string requirement = {};  // its values are numbers of operators
  std::size_t at = 0;
};

class DialMaker {
 public:
  /// All outlive it.
  DialMaker(const ActiveSet& was, const ActiveSet& now, Probed& probed);

  [[nodiscard]] std::vector<Dial> dials_of(const Region& region);
  [[nodiscard]] bool same_risk() const { return same_risk_; }
  /// Of all regions so far.
  [[nodiscard]] const std::set<Unproved>& unproved() const { return unproved_; }

 private:
  void add_conditions(const policy::Graph& graph, const policy::Reachable& reach,
                      std::vector<policy::Probe>& probes);
  void add_factors(const risk::Model& model, std::vector<policy::Probe>& probes);
  void add_probes(const std::string& relation, const policy::Condition& condition,
                  const cel::Names& names, std::vector<policy::Probe>& probes);
  void add_risk(const std::vector<policy::Probe>& probes, std::vector<Dial>& dials);
  void leave_unproved(Unproved what) { unproved_.insert(std::move(what)); }

  const ActiveSet& was_;
  const ActiveSet& now_;
  Probed& probed_;
  bool same_risk_ = false;
  bool is_declared_ = false;
  std::set<Unproved> unproved_;
};

}  // namespace lexecon::decision
