// Proofs from the entries of a ledger: that an entry is in a signed tree, that one tree extends another.
//
// Shapes   every hash is made from the bytes of entries, in one pass that keeps O(log n) of them, and the
//          proof holds against the signed roots before it is returned
// Errors   Error{not_found} without a checkpoint of that size; Error{bad_input} for an entry or an old
//          size beyond it; Error{integrity} when the entries do not give the signed root
// Source   chain/merkle.hpp
#pragma once

#include <cstdint>
#include <optional>

#include "chain/proof.hpp"
#include "ledger/log_keys.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

/// In the tree of the stored checkpoint of `size` entries, or of the last one. Call it in a snapshot.
[[nodiscard]] chain::InclusionProof prove_inclusion(store::Database& database, const LogKeys& keys,
                                                    std::uint64_t seq,
                                                    std::optional<std::uint64_t> size);
/// From the stored checkpoint of `old_size` entries to that of `size`, or the last one.
[[nodiscard]] chain::ConsistencyProof prove_consistency(store::Database& database,
                                                        const LogKeys& keys, std::uint64_t old_size,
                                                        std::optional<std::uint64_t> size);

}  // namespace lexecon::ledger
