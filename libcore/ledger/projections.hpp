// The tables that repeat what entries say: they are made from entries alone, and can be made again.
//
// Source   lexecon-ledger(5), Database
#pragma once

#include <array>

#include "store/database.hpp"

namespace lexecon::ledger {

inline constexpr auto projection_tables = std::to_array<const char*>({
    "policy_sets",
    "token_keys",
    "decisions",
    "tokens",
    "escalations",
    "operators",
    "registrations",
    "confirmations",
    "overrides",
    "evidence",
    "evidence_links",
    "responsibilities",
    "stops",
    "interventions",
    "holds",
    "usage_totals",
    "trips",
});

/// The rows of a projection in their order: seq, and all of the row as text.
[[nodiscard]] store::Statement rows_of(store::Database& database, const char* table);

}  // namespace lexecon::ledger
