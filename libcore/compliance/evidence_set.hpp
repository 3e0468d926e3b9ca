// Entries that show something, as few bytes as they can be told in: how many, which, the first and the last.
//
// Shapes   ranges of seqs, ascending; the digest is SHA-256 over a line for each: decimal seq, a space, the
//          entry's hash in hex, LF
// Source   lexecon-report(5)
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "crypto/hash.hpp"

namespace lexecon::compliance {

struct EvidenceMark {
  std::uint64_t seq = 0;
  Timestamp at;
  Hash hash;
};

struct EvidenceSet {
  std::uint64_t count = 0;
  std::optional<EvidenceMark> first;
  std::optional<EvidenceMark> last;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;  // both ends are in it
  Hash digest;
};

/// Gathers one, in order of seq.
class EvidenceGatherer {
 public:
  void add(std::uint64_t seq, Timestamp at, const Hash& hash);
  [[nodiscard]] EvidenceSet finish();

 private:
  EvidenceSet set_;
  crypto::Sha256 lines_;
};

}  // namespace lexecon::compliance
