// The whole schema as numbered steps, and the check that a database has exactly it.
//
// Shapes   PRAGMA user_version = number of steps applied; application_id marks a lexecon ledger
// Errors   Error{integrity} when a CREATE statement differs by a byte; Error{configuration} for a
//          version this program does not know
// Source   lexecon-ledger(5), Database
#pragma once

#include "store/database.hpp"

namespace lexecon::store {

inline constexpr int schema_version = 1;
inline constexpr int application_id = 0x4C58454E;  // "LXEN"

/// Applies the missing steps in order, inside the caller's transaction.
void migrate(Database& database);
/// A database of no file whose tables are empty, for whoever asks one where there is none.
[[nodiscard]] Database empty_tables();
/// Compares application id, version and every CREATE statement with those of the steps.
void check_schema(Database& database);

}  // namespace lexecon::store
