// An inclusion proof with its checkpoint, as one text.
//
// Shapes   "c2sp.org/tlog-proof@v1", optional extra line, "index N", hashes, empty line, checkpoint
// Errors   Error{bad_input}
// Source   C2SP tlog-proof v1
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace lexecon::chain {

struct InclusionProof {
  std::uint64_t index = 0;
  std::vector<Hash> hashes;
  std::string checkpoint;  // the signed note
};

[[nodiscard]] std::string to_text(const InclusionProof& proof);
[[nodiscard]] InclusionProof parse_inclusion_proof(std::string_view text);

}  // namespace lexecon::chain
