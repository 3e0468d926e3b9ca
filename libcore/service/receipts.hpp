// Receipts of what is on record: for whoever has no node, and believes none.
//
// Shapes   made from the entry's bytes and the last checkpoint, and checked as a stranger would before it
//          is returned
// Errors   Error{not_found} for an unknown entry; Error{integrity} for a ledger that was altered
// Source   lexecon-receipt-make(1)
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "chain/checkpoint.hpp"
#include "service/node.hpp"

namespace lexecon::service {

enum class Disclosure : std::uint8_t { sealed, none };

struct MadeReceipt {
  std::string bytes;
  std::uint64_t seq = 0;
  Hash entry_hash;
  chain::Checkpoint checkpoint;
  bool discloses = false;  // sealed content is in it
};

/// Call it in a snapshot.
[[nodiscard]] MadeReceipt make_receipt(store::Database& database, const Node& node,
                                       std::uint64_t seq, Disclosure disclosure);

}  // namespace lexecon::service
