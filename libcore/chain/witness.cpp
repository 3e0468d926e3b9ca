#include "chain/witness.hpp"

#include <string>

#include "chain/merkle.hpp"
#include "chain/proof.hpp"

namespace lexecon::chain {
namespace {

constexpr std::string_view proof_mark = "old ";
constexpr std::string_view no_proof_mark = "old 0\n\n";

}  // namespace

Offer parse_offer(std::string_view text) {
  Offer out;
  if (text.starts_with(no_proof_mark)) text.remove_prefix(no_proof_mark.size());
  // No log's name has a space in it.
  if (text.starts_with(proof_mark)) {
    ConsistencyProof proof = parse_consistency_proof(text);
    out.old_size = proof.old_size;
    out.hashes = std::move(proof.hashes);
    out.note = parse_note(proof.checkpoint);
  } else {
    out.note = parse_note(text);
  }
  out.checkpoint = parse_checkpoint(out.note);
  return out;
}

std::string_view to_string(Consistency consistency) {
  switch (consistency) {
    case Consistency::consistent:
      return "consistent";
    case Consistency::rollback:
      return "rollback";
    case Consistency::fork:
      return "fork";
    case Consistency::inconsistent:
      return "inconsistent";
    case Consistency::no_proof:
      return "no_proof";
    case Consistency::other_size:
      return "other_size";
  }
  return {};
}

bool is_refusal(Consistency consistency) {
  return consistency == Consistency::rollback || consistency == Consistency::fork ||
         consistency == Consistency::inconsistent;
}

Consistency compare(const Offer& offer, const std::optional<Checkpoint>& last) {
  using enum Consistency;
  const auto& [origin, size, root] = offer.checkpoint;
  if (size == 0 && root != empty_root()) return inconsistent;
  const std::uint64_t known = last ? last->tree_size : 0;
  if (size < known) return rollback;
  // Any tree extends the empty one, and nothing can be proven of that.
  if (known == 0) return offer.old_size == 0 ? consistent : other_size;
  if (size == known) return root == last->root ? consistent : fork;
  if (offer.old_size == 0) return no_proof;
  if (offer.old_size != known) return other_size;
  return verify_consistency(known, last->root, size, root, offer.hashes) ? consistent
                                                                         : inconsistent;
}

}  // namespace lexecon::chain
