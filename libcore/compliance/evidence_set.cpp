#include "compliance/evidence_set.hpp"

#include <utility>

namespace lexecon::compliance {

std::string digest_line(std::uint64_t seq, const Hash& hash) {
  return std::to_string(seq) + " " + hash.hex() + "\n";
}

void EvidenceGatherer::add(std::uint64_t seq, Timestamp at, const Hash& hash) {
  add({.seq = seq, .at = at, .hash = hash}, digest_line(seq, hash));
}

void EvidenceGatherer::add(const EvidenceMark& mark, std::string_view line) {
  ++set_.count;
  if (!set_.first) set_.first = mark;
  set_.last = mark;
  lines_.update(line);
  auto& ranges = set_.ranges;
  if (!ranges.empty() && ranges.back().second + 1 == mark.seq) {
    ranges.back().second = mark.seq;
  } else {
    ranges.emplace_back(mark.seq, mark.seq);
  }
}

EvidenceSet EvidenceGatherer::finish() {
  set_.digest = lines_.finish();
  return std::move(set_);
}

}  // namespace lexecon::compliance
