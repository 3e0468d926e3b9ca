// Cosignatures: what a witness says of a checkpoint, that at this time it was the largest it had seen of
// the log and only extended those before.
//
// Shapes   signed bytes = "cosignature/v1" LF "time " <unix seconds> LF || the text of the note
//          line = name, base64(key_id[4] || uint64be seconds || Ed25519 signature[64]), key type 0x04
// Units    seconds since 1970, before the year 10000
// Errors   Error{bad_input}: a bad or a second signature by a known witness; others are ignored
// Source   C2SP tlog-cosignature v1.0.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "chain/note.hpp"

namespace lexecon::chain {

/// lexecon.internal/witness/<first 32 hex digits of SHA-256(public key)>
[[nodiscard]] crypto::Identity witness_of(const crypto::PublicKey& key);

/// The note with the line of this witness at its end, in the place of an older one by it; the time is cut
/// to the second. Error{bad_input} when 16 others signed it.
[[nodiscard]] Note cosign(Note note, const crypto::Identity& witness, const crypto::SecretKey& key,
                          Timestamp at);

/// What the line of this witness says; proves nothing. Nothing for another's line, or no date.
[[nodiscard]] std::optional<Timestamp> cosigned_at(const Note::Line& line,
                                                   const crypto::Identity& witness);
struct Cosignature {
  crypto::Identity witness;
  Timestamp at;
};
/// Those of `witnesses` that cosigned the note, in the order of its lines.
[[nodiscard]] std::vector<Cosignature> verify_cosignatures(
    const Note& note, std::span<const crypto::Identity> witnesses);

}  // namespace lexecon::chain
