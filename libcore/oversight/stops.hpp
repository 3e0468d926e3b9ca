// Emergency stops on record, of everything, of a tenant, of an actor; and interventions.
//
// Source   lexecon-ledger(5), oversight.stopped
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "authority/stops.hpp"
#include "chain/entry.hpp"
#include "store/database.hpp"

namespace lexecon::oversight {

/// Told by their entries, each hashed again; no row is asked.
[[nodiscard]] authority::Stops stops(store::Database& database);
/// The entry that made a stop.
[[nodiscard]] std::optional<std::uint64_t> find_stop(store::Database& database,
                                                     std::string_view stop_id);

void apply_stop(store::Database& database, const chain::Entry& entry);
void apply_intervention(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::oversight
