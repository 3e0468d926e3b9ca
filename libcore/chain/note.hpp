// Signed notes: a text, an empty line, and one signature line for each signer.
//
// Shapes   line = U+2014 SP name SP base64(key_id[4] || signature)
// Units    at most 64 KiB and 16 signature lines
// Errors   Error{bad_input}: malformed, or a bad signature by a known key; others are ignored
// Source   C2SP signed-note v1.0.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/identity.hpp"

namespace lexecon::chain {

inline constexpr std::size_t max_note_bytes = 65'536;

struct Note {
  struct Line {
    std::string name;
    crypto::KeyId key_id;
    std::string signature;  // what follows the key id: 64 bytes of a log, 72 of a witness
  };
  std::string text;  // ends with a newline
  std::vector<Line> lines;
};

/// `text` must end with a newline.
[[nodiscard]] std::string sign_note(std::string_view text, std::string_view name,
                                    const crypto::SecretKey& key);
[[nodiscard]] Note parse_note(std::string_view bytes);
/// The bytes that parse_note() reads as this note.
[[nodiscard]] std::string to_bytes(const Note& note);
/// Whether the line carries the name and the key id of `identity`; proves nothing.
[[nodiscard]] bool is_by(const Note::Line& line, const crypto::Identity& identity);
/// The known keys that signed, none when every signer is unknown; throws when one of them signed
/// badly or twice.
[[nodiscard]] std::vector<crypto::Identity> verify_note(const Note& note,
                                                        std::span<const crypto::Identity> known);

}  // namespace lexecon::chain
