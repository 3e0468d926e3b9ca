// A checkpoint: the log's name, its size and its root, in a signed note.
//
// Shapes   text = origin LF size LF base64(root) LF, exactly three lines
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

[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint,
                                          const crypto::SecretKey& key);
/// Parses the note's text alone; proves nothing.
[[nodiscard]] Checkpoint parse_checkpoint(const Note& note);
/// Throws unless our line is the first, is by `log` and verifies, and the origin is log.name.
[[nodiscard]] Checkpoint open_checkpoint(std::string_view note, const crypto::Identity& log);

}  // namespace lexecon::chain
