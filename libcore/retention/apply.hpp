// The only code that writes the tables of this folder.
#pragma once

#include "chain/entry.hpp"
#include "store/database.hpp"

namespace lexecon::retention {

/// Called in the transaction that appended `entry`, and again when projections are rebuilt.
void apply(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::retention
