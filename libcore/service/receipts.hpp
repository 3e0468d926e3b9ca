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
#include "service/session.hpp"

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

/// The ACTA receipt of a decision that the log's last checkpoint was proven to hold, by the key in force.
/// Error{bad_input} for an entry that is none. Call it outside any snapshot: it takes the write lock for
/// the key, and appends nothing.
[[nodiscard]] MadeReceipt make_acta_receipt(const Node& node, std::uint64_t seq, Session& session);

}  // namespace lexecon::service
