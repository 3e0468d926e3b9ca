// A checkpoint: the log's name, its size and its root, in a signed note.
//
// Shapes   text = origin LF size LF base64(root) LF, exactly three lines
//          derived origin = lexecon.internal/log/<first 32 hex of SHA-256(ledger public key)>
// Errors   Error{bad_input}: malformed; Error{integrity}: not signed by the key asked for
// Source   C2SP tlog-checkpoint v1.0.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "chain/note.hpp"

namespace lexecon::chain {

struct Checkpoint {
  std::string origin;
  std::uint64_t tree_size = 0;
  Hash root;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// Names under this prefix belong to logs that are named after their genesis key.
inline constexpr std::string_view derived_origin_prefix = "lexecon.internal/log/";
/// The prefix and the first 32 hex digits of SHA-256(public key).
[[nodiscard]] std::string derived_origin(const crypto::PublicKey& genesis_key);
/// A log name that was chosen, or the one derived from this key.
[[nodiscard]] bool is_origin_of(std::string_view origin, const crypto::PublicKey& genesis_key);

[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint,
                                          const crypto::SecretKey& key);
/// Parses the note's text alone; proves nothing.
[[nodiscard]] Checkpoint parse_checkpoint(const Note& note);
/// Throws unless our line is the first, is by `log` and verifies, and the origin is log.name.
[[nodiscard]] Checkpoint open_checkpoint(std::string_view note, const crypto::Identity& log);

}  // namespace lexecon::chain
