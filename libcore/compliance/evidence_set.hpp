// Entries that show something, as few bytes as they can be told in: how many, which, the first and the last.
//
// Shapes   ranges of seqs, ascending; the digest is SHA-256 over a line for each: decimal seq, a space, the
//          entry's hash in hex, LF
// Source   lexecon-report(5)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

/// The line of an entry in the digest, ended.
[[nodiscard]] std::string digest_line(std::uint64_t seq, const Hash& hash);

/// Gathers one, in order of seq.
class EvidenceGatherer {
 public:
  void add(std::uint64_t seq, Timestamp at, const Hash& hash);
  /// The same where its line was made before, for another set.
  void add(const EvidenceMark& mark, std::string_view line);
  [[nodiscard]] EvidenceSet finish();

 private:
  EvidenceSet set_;
  crypto::Sha256 lines_;
};

}  // namespace lexecon::compliance
