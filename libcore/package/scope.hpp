// Which entries a package of a part of a log shows: the others are a hash in leaves.txt.
//
// Shapes   always those that what is shown is judged by: genesis, log.*, key.*, clock.*, policy.*, operator.*,
//          model.*, prompt.*, hold.*, sealed.*, ledger.*, oversight.stopped and .resumed. Then each entry that
//          fits the filter by itself; of a decision that one of them names, every entry that names it; the
//          decisions whose overrides lifted something for one that is shown; and evidence that is linked to
//          one that is shown. A tenant is that of a decision: with one, what names no decision does not fit
// Units    48 bytes of memory a decision
// Source   lexecon-package(5), Filters
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"
#include "chain/entry_view.hpp"
#include "package/entry_names.hpp"

namespace lexecon::package {

enum class Scope : std::uint8_t {
  all,
  decisions,
  risk,
  escalations,
  overrides,
  evidence,
  compliance,
  oversight,
};
[[nodiscard]] std::string_view to_string(Scope scope);
[[nodiscard]] std::optional<Scope> scope_from(std::string_view text);

struct Filter {
  Scope scope = Scope::all;
  std::optional<Timestamp> from = {};  // inclusive
  std::optional<Timestamp> to = {};    // exclusive
  std::optional<std::string> tenant = {};
  std::optional<std::string> actor = {};  // of an entry

  [[nodiscard]] bool takes_all() const { return *this == Filter{}; }
  friend bool operator==(const Filter&, const Filter&) = default;
};

/// Which entries these are: told in two passes, of entries that a log has or of those that a package shows.
/// INVARIANT: of what it chose, it chooses all.
class Choice {
 public:
  explicit Choice(Filter filter) : filter_(std::move(filter)) {}

  /// First each entry in order of seq: `bytes` are B, which give the view.
  void survey(const chain::EntryView& entry, std::string_view bytes);
  /// Once behind the last of them.
  void settle();
  /// Then of any of them.
  [[nodiscard]] bool shows(const chain::EntryView& entry, std::string_view bytes) const;

 private:
  struct Pair {
    ShortId first;
    ShortId second;
    friend auto operator<=>(const Pair&, const Pair&) = default;
  };
  void survey_decision(const ShortId& id, std::string_view data);
  [[nodiscard]] bool fits(const chain::EntryView& entry, std::string_view data) const;
  [[nodiscard]] bool is_of_scope(std::string_view event_type, std::string_view data) const;
  [[nodiscard]] std::optional<ShortId> decision_of(const EntryNames& names) const;
  [[nodiscard]] bool has(const ShortId& decision) const;

  Filter filter_;
  std::deque<ShortId>
      hits_;  // decisions that an entry names that fits; settled: the chosen ones, ascending
  std::deque<ShortId> tenants_;     // decisions of the tenant, where one is asked for
  std::deque<Pair> tokens_;         // and the decision of each
  std::deque<ShortId> hit_tokens_;  // that an entry names that fits
  std::deque<Pair> rests_;          // a decision, and one whose override lifted something for it
  std::deque<Pair> links_;          // a decision, and evidence for it
  std::set<ShortId> rested_on_;
  std::set<ShortId> evidence_;  // linked to a decision that was chosen
};

}  // namespace lexecon::package
