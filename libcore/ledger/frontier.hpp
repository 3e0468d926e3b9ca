// The compact Merkle range in the store: what makes an append O(log n).
//
// Shapes   the peaks of the tree of every entry but the last; the row of 2^level leaves has that level.
//          The range and the last entry together give the root: an altered last entry cannot be built on
// Errors   Error{integrity} when the rows are not the peaks of a tree of that size
#pragma once

#include <cstdint>

#include "chain/merkle.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

/// The range of the first `size` leaves; `size` is one less than the log's.
[[nodiscard]] chain::CompactRange read_frontier(store::Database& database, std::uint64_t size);
void write_frontier(store::Database& database, const chain::CompactRange& range);

}  // namespace lexecon::ledger
