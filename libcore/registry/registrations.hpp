// Models and prompts on record.
//
// Source   lexecon-ledger(5), Registries
#pragma once

#include "authority/registrations.hpp"
#include "chain/entry.hpp"
#include "store/database.hpp"

namespace lexecon::registry {

/// Told by their entries, each hashed again; no row is asked.
[[nodiscard]] authority::Registrations registrations(store::Database& database);

void apply_registration(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::registry
