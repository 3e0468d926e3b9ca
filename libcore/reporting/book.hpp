// The sets of entries of a report as its value has them, each with a proof for its first and its last entry.
//
// Shapes   RFC 6962 inclusion proofs in the tree of the report's checkpoint, all made in one pass
// Errors   Error{integrity} where an entry does not hold against the root
// Source   lexecon-report(5), Evidence
#pragma once

#include "chain/checkpoint.hpp"
#include "json/json.hpp"
#include "reporting/section.hpp"
#include "store/database.hpp"

namespace lexecon::reporting {

[[nodiscard]] Json to_json(const Book& book, store::Database& database,
                           const chain::Checkpoint& checkpoint);

}  // namespace lexecon::reporting
