// Limits, breakers and budgets that were told of as full: `limit.tripped` on record.
//
// Errors   Error{integrity} where the newest row of one is not what its entry says
// Source   lexecon-ledger(5), limit.tripped
#pragma once

#include <optional>
#include <string_view>

#include "chain/entry.hpp"
#include "decision/limits.hpp"
#include "store/database.hpp"

namespace lexecon::oversight {

/// The newest of that subject; `is_followed` is left for who counts decisions.
[[nodiscard]] std::optional<decision::Trip> last_trip(store::Database& database,
                                                      const decision::Limit& limit,
                                                      std::string_view subject);

void apply_trip(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::oversight
