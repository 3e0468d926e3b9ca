// The shape of witness.cosigned: the head of another log that this node vouches for.
//
// Shapes   note = the checkpoint with two lines, the log's and the witness's, both of which verify; its
//          cosignature is of the second of its entry
// Errors   Error{bad_input}
// Source   lexecon-ledger(5), Witnesses
#pragma once

#include <span>
#include <string>

#include "chain/checkpoint.hpp"
#include "chain/cosignature.hpp"
#include "chain/event_shapes.hpp"

namespace lexecon::chain {

inline constexpr std::string_view witness_cosigned = "witness.cosigned";

[[nodiscard]] std::span<const EventShape> witness_shapes();

struct CosignedHead {
  crypto::Identity log;
  crypto::Identity witness;
  std::string note;
  Checkpoint checkpoint;
  Timestamp at;
};
/// What the data of such an entry says; its members must be texts. Proves nothing.
[[nodiscard]] CosignedHead parse_cosigned_head(const Json& data);
/// The same, when both signatures verify.
[[nodiscard]] CosignedHead open_cosigned_head(const Json& data);

}  // namespace lexecon::chain
