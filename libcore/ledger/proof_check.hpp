// A proof that somebody handed over, checked without a node: what it needs besides is given, never in it.
//
// Shapes   undecidable: key_not_pinned, entry_missing (inclusion), predecessor_missing (consistency)
// Errors   Error{bad_input} for what is no proof, and for a predecessor that is no checkpoint
// Source   chain/proof.hpp
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "crypto/identity.hpp"
#include "json/fwd.hpp"
#include "ledger/verify.hpp"

namespace lexecon::ledger {

struct ProofContext {
  std::optional<crypto::Pin> key;    // the log's
  std::optional<std::string> entry;  // the bytes of the entry that an inclusion proof is about
  std::optional<std::string> predecessor;  // the older checkpoint, trusted, of a consistency proof
};

struct ProofCheck {
  Verdict verdict = Verdict::undecidable;
  std::string cause = {};  // why it is undecidable, or what does not hold
  bool is_inclusion = true;
  std::uint64_t position = 0;  // the index, or the old size
  chain::Checkpoint checkpoint;
};

[[nodiscard]] ProofCheck check_proof(const std::string& text, const ProofContext& given);
[[nodiscard]] Json to_json(const ProofCheck& check);

}  // namespace lexecon::ledger
