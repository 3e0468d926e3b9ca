// A node as a witness: it vouches for the heads of other logs, one after the other.
//
// Shapes   the head that was cosigned last stands in the newest witness.cosigned entry of that log; it is
//          read, compared and followed by the next one in one transaction
// Errors   Error{bad_input}: no note, or the node's own log; Error{configuration}: a witness key that is
//          another key too; those of service/act
// Source   lexecon-ledger(5), Witnesses; C2SP tlog-witness v1
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chain/witness_shapes.hpp"
#include "crypto/identity.hpp"
#include "json/fwd.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct CosignAnswer {
  /// Why not: key_not_pinned, bad_signature, or what chain::compare says.
  std::optional<std::string> cause = {};
  bool is_refused = false;
  std::string offered;  // the note
  chain::Checkpoint checkpoint;
  std::optional<chain::CosignedHead> last = {};
  // Only when it was cosigned
  std::string note = {};  // as offered, with the line of this witness
  std::optional<chain::CosignedHead> made = {};
  std::uint64_t seq = 0;
  bool is_new_key = false;
};

/// `pin` is the log's key; without it the one under which its last head was cosigned.
[[nodiscard]] CosignAnswer cosign(const Node& node, std::string_view offer,
                                  const std::optional<crypto::Pin>& pin, Session& session);
/// The head of a log, or of any, that was cosigned last.
[[nodiscard]] std::optional<chain::CosignedHead> last_cosigned(
    store::Database& database, const std::optional<std::string>& origin);
/// The document lexecon.cosigned/1.
[[nodiscard]] Json to_json(const CosignAnswer& answer);

}  // namespace lexecon::service
