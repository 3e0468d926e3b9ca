// What a witness asks of a checkpoint before it vouches for it.
//
// Shapes   an offer is a consistency proof with its checkpoint, the body of add-checkpoint, or the
//          checkpoint alone, which is the same as `old 0`
// Errors   Error{bad_input} for a malformed offer
// Source   C2SP tlog-witness v1; RFC 9162 section 2.1.4
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "chain/checkpoint.hpp"

namespace lexecon::chain {

struct Offer {
  Note note;
  Checkpoint checkpoint;  // parsed; who signed it is for the caller to know
  std::uint64_t old_size = 0;
  std::vector<Hash> hashes;
};
[[nodiscard]] Offer parse_offer(std::string_view text);

enum class Consistency : std::uint8_t {
  consistent,
  rollback,      // fewer entries than were cosigned
  fork,          // as many entries, and another root
  inconsistent,  // more entries, and the proof does not hold
  no_proof,      // more entries, and nothing that leads there
  other_size,    // a proof from another size than the one cosigned last
};
[[nodiscard]] std::string_view to_string(Consistency consistency);
/// Whether the answer is no; what is neither that nor consistent may be offered again with its proof.
[[nodiscard]] bool is_refusal(Consistency consistency);
/// Of an offer to the head that was cosigned last, nothing for a log that never was.
[[nodiscard]] Consistency compare(const Offer& offer, const std::optional<Checkpoint>& last);

}  // namespace lexecon::chain
