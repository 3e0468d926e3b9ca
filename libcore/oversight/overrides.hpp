// Overrides on record.
//
// Errors   Error{integrity} where a row and the entries differ
// Source   lexecon-ledger(5), Overrides
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/overrides.hpp"
#include "base/entropy.hpp"
#include "chain/entry.hpp"
#include "store/database.hpp"

namespace lexecon::oversight {

/// Told by their entries, each hashed again; no row is asked.
[[nodiscard]] authority::Overrides overrides(store::Database& database);
/// Those of one decision, oldest first, likewise.
[[nodiscard]] std::vector<authority::Override> overrides_of(store::Database& database,
                                                            std::string_view decision_id);

/// One that lifts relations for every request that it covers.
struct StandingOverride {
  authority::Override made;
  authority::Coverage coverage;
};
/// Those in force at that time, in order of seq. Rows lead to them, so that nodes pay for no more: one that is
/// gone lifts nothing, and of the others the entries are believed.
[[nodiscard]] std::vector<StandingOverride> standing_overrides(store::Database& database,
                                                               Timestamp at);
/// ovr_<decision id>_<8 hex>, drawn again while it is taken.
[[nodiscard]] std::string new_override_id(store::Database& database, const std::string& decision_id,
                                          Entropy& entropy);

void apply_override(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::oversight
