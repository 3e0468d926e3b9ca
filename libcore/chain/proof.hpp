// Proofs with the checkpoint that they lead to, each as one text.
//
// Shapes   inclusion: "c2sp.org/tlog-proof@v1", optional extra line, "index N", hashes, empty line,
//          checkpoint; consistency: "old N", hashes, empty line, checkpoint
// Errors   Error{bad_input}
// Source   C2SP tlog-proof v1; C2SP tlog-witness v1, the body of add-checkpoint
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace lexecon::chain {

inline constexpr std::size_t max_proof_bytes = 131'072;

struct InclusionProof {
  std::uint64_t index = 0;
  std::vector<Hash> hashes;
  std::string checkpoint;  // the signed note
};

[[nodiscard]] std::string to_text(const InclusionProof& proof);
[[nodiscard]] InclusionProof parse_inclusion_proof(std::string_view text);

struct ConsistencyProof {
  std::uint64_t old_size = 0;
  std::vector<Hash> hashes;
  std::string checkpoint;  // the signed note of the larger tree
};

[[nodiscard]] std::string to_text(const ConsistencyProof& proof);
[[nodiscard]] ConsistencyProof parse_consistency_proof(std::string_view text);

}  // namespace lexecon::chain
