// Operators on record.
//
// Source   lexecon-ledger(5), Approvals
#pragma once

#include "authority/operators.hpp"
#include "chain/entry.hpp"
#include "store/database.hpp"

namespace lexecon::registry {

/// Told by their entries, each hashed again; no row is asked.
[[nodiscard]] authority::Operators operators(store::Database& database);

void apply_operator(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::registry
