// How many decisions there were and what they declared as used, of one actor, model, tenant or of all.
//
// Shapes   counted through indexes, at a cost that rests on the limit alone; what is counted is what the
//          entries say as long as `ledger verify` finds the tables equal to them
// Units    counts stop at the limit; usage is of decisions that were not denied
// Source   lexecon-node(5), Limits
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "chain/entry.hpp"
#include "decision/limits.hpp"
#include "store/database.hpp"

namespace lexecon::oversight {

/// The seq of the first decision behind that moment; nothing when none is. Holds the newest decision
/// against its entry.
[[nodiscard]] std::optional<std::uint64_t> first_after(store::Database& database, Timestamp moment);
/// The decisions from a seq on that count for a limit, or failures for a breaker; at most `limit.allowed`.
[[nodiscard]] std::int64_t count_from(store::Database& database, const decision::Limit& limit,
                                      std::string_view subject, std::uint64_t first);
/// Whether a decision of the subject stands behind that seq and counts.
[[nodiscard]] bool any_behind(store::Database& database, const decision::Limit& limit,
                              std::string_view subject, std::uint64_t seq);
/// What a budget counts, from a seq on.
[[nodiscard]] std::int64_t used_from(store::Database& database, const decision::Limit& budget,
                                     std::string_view subject, std::uint64_t first);

/// Who used something from a seq on.
[[nodiscard]] std::set<std::string> users_from(store::Database& database, decision::Per per,
                                               std::uint64_t first);

void apply_usage(store::Database& database, const chain::Entry& entry);
/// Counts everything again from the entries that are here, after others were moved out: each row is a sum of
/// those before it.
void recount_usage(store::Database& database);

}  // namespace lexecon::oversight
