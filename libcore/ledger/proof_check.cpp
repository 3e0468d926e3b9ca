#include "ledger/proof_check.hpp"

#include "base/error.hpp"
#include "chain/merkle.hpp"
#include "chain/note.hpp"
#include "chain/proof.hpp"
#include "json/json.hpp"

namespace lexecon::ledger {
namespace {

ProofCheck undecided(ProofCheck check, const char* cause) {
  check.cause = cause;
  return check;
}

ProofCheck decided(ProofCheck check, const std::string& fault) {
  check.verdict = fault.empty() ? Verdict::valid : Verdict::invalid;
  check.cause = fault;
  return check;
}

crypto::Identity pinned(const crypto::Pin& pin, const chain::Checkpoint& checkpoint) {
  return {pin.name.value_or(checkpoint.origin), pin.key};
}

/// Why the note is not by that key; empty when it is.
std::string fault_of_note(const std::string& note, const crypto::Identity& log) {
  try {
    static_cast<void>(chain::open_checkpoint(note, log));
    return {};
  } catch (const Error& error) {
    return error.message();
  }
}

std::string fault_of_entry(const std::string& bytes, const chain::InclusionProof& proof,
                           const chain::Checkpoint& checkpoint) {
  try {
    const auto entry = chain::parse_entry(bytes);
    if (entry.origin != checkpoint.origin) return "the entry is of another log";
    if (entry.seq != proof.index) {
      return "the proof is of " + chain::entry_id(proof.index) + ", the entry is " +
             chain::entry_id(entry.seq);
    }
  } catch (const Error& error) {
    return "the bytes are no entry: " + error.message();
  }
  const bool holds = chain::verify_inclusion(chain::leaf_hash(bytes), proof.index,
                                             checkpoint.tree_size, proof.hashes, checkpoint.root);
  return holds ? "" : "the entry is not in the tree at that place";
}

ProofCheck check_inclusion(const std::string& text, const ProofContext& given) {
  const auto proof = chain::parse_inclusion_proof(text);
  ProofCheck check{.is_inclusion = true,
                   .position = proof.index,
                   .checkpoint = chain::parse_checkpoint(chain::parse_note(proof.checkpoint))};
  if (!given.key) return undecided(std::move(check), "key_not_pinned");
  auto fault = fault_of_note(proof.checkpoint, pinned(*given.key, check.checkpoint));
  if (!fault.empty()) return decided(std::move(check), fault);
  if (!given.entry) return undecided(std::move(check), "entry_missing");
  fault = fault_of_entry(*given.entry, proof, check.checkpoint);
  return decided(std::move(check), fault);
}

ProofCheck check_consistency(const std::string& text, const ProofContext& given) {
  const auto proof = chain::parse_consistency_proof(text);
  ProofCheck check{.is_inclusion = false,
                   .position = proof.old_size,
                   .checkpoint = chain::parse_checkpoint(chain::parse_note(proof.checkpoint))};
  if (!given.key) return undecided(std::move(check), "key_not_pinned");
  const auto log = pinned(*given.key, check.checkpoint);
  auto fault = fault_of_note(proof.checkpoint, log);
  if (!fault.empty()) return decided(std::move(check), fault);
  if (!given.predecessor) return undecided(std::move(check), "predecessor_missing");
  const auto older = chain::parse_checkpoint(chain::parse_note(*given.predecessor));
  fault = fault_of_note(*given.predecessor, log);
  if (fault.empty() && older.tree_size != proof.old_size) {
    fault = "the proof is from " + std::to_string(proof.old_size) +
            " entries, the older checkpoint of " + std::to_string(older.tree_size);
  }
  if (fault.empty() &&
      !chain::verify_consistency(proof.old_size, older.root, check.checkpoint.tree_size,
                                 check.checkpoint.root, proof.hashes)) {
    fault = "the larger tree does not extend the smaller one";
  }
  return decided(std::move(check), fault);
}

}  // namespace

ProofCheck check_proof(const std::string& text, const ProofContext& given) {
  return text.starts_with("old ") ? check_consistency(text, given) : check_inclusion(text, given);
}

Json to_json(const ProofCheck& check) {
  return {{"schema", "lexecon.proof_check/1"},
          {"verdict", to_string(check.verdict)},
          {"cause", check.cause.empty() ? Json() : Json(check.cause)},
          {"kind", check.is_inclusion ? "inclusion" : "consistency"},
          {check.is_inclusion ? "seq" : "old_size", check.position},
          {"origin", check.checkpoint.origin},
          {"tree_size", check.checkpoint.tree_size},
          {"root_hash", check.checkpoint.root.hex()}};
}

}  // namespace lexecon::ledger
