// A decision judged again from what is on record: the request as it was sealed, the facts, the set, the time.
//
// Shapes   a set is compiled once from its files on record, never taken from a cache
// Errors   what cannot be judged again, or comes out differently, is an answer
// Source   lexecon-policy(5), The algorithm; lexecon-ledger(5), decision
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "chain/entry.hpp"
#include "decision/active_set.hpp"
#include "ledger/records.hpp"

namespace lexecon::ledger {

/// Every set that an entry activated.
class SetsOnRecord {
 public:
  explicit SetsOnRecord(Records& records);

  struct Compiled {
    std::optional<decision::ActiveSet> set;
    std::string refusal;  // why there is none
  };
  /// nullptr when no activation names it.
  [[nodiscard]] const Compiled* find(std::string_view policy_hash) const;

 private:
  std::map<std::string, Compiled, std::less<>> sets_;  // by the hash of their files
};

struct Redecision {
  enum class Result : std::uint8_t { same, differs, engine_unknown };
  Result result = Result::same;
  std::string fault;  // what differs, or why it could not be judged
};

/// Whether an activation says of its files what they say; nothing when they cannot be compiled, which
/// other checks and the decisions under them say. `activation` has its shape.
[[nodiscard]] std::optional<Redecision> read_again(const chain::Entry& activation,
                                                   const SetsOnRecord& sets);
/// `decision` has its shape and `sealed` is what it commits to.
[[nodiscard]] Redecision redecide(const chain::Entry& decision, std::string_view sealed,
                                  const SetsOnRecord& sets);
/// Whether that request was to be approved with the facts, the set and the time of a token that was issued
/// for it later, or of a gate that approved it. `issued` and its `decision` have their shapes, and `sealed` is what the decision commits to.
[[nodiscard]] Redecision redecide_token(const chain::Entry& issued, const chain::Entry& decision,
                                        std::string_view sealed, const SetsOnRecord& sets);

}  // namespace lexecon::ledger
