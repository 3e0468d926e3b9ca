// The verifier of a node's own ledger: every byte derived again, every check named and counted.
//
// Shapes   the checks are one table (verify.cpp); a verdict never softens: one failure is invalid
// Errors   only what prevents an answer is an Error; an altered ledger is an answer
// Source   lexecon-ledger(5), Verification
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chain/checkpoint.hpp"
#include "crypto/identity.hpp"
#include "json/fwd.hpp"
#include "ledger/node_files.hpp"

namespace lexecon::ledger {

enum class Verdict : std::uint8_t { valid, invalid, undecidable };
enum class CheckStatus : std::uint8_t { pass, fail, not_run };

struct CheckResult {
  std::string name;
  CheckStatus status = CheckStatus::not_run;
  std::uint64_t items = 0;  // how many things the check saw
  std::string detail;       // the first failure, or why it did not run
};

struct Verification {
  Verdict verdict = Verdict::undecidable;
  std::optional<std::string>
      cause;  // undecidable: nothing_to_check, no_checkpoint, head_note_missing, ...
  std::uint64_t entries_verified = 0;
  std::optional<std::uint64_t> first_bad_seq;
  std::optional<chain::Checkpoint> head;
  std::string origin;
  std::vector<CheckResult> checks;
  bool complete = false;  // a pinned checkpoint or key establishes completeness
  std::optional<std::uint64_t> complete_up_to;
};

struct VerifyOptions {
  Path state_home;
  std::vector<crypto::Pin> pins;         // any one must be the log's key
  std::vector<std::string> older_notes;  // checkpoints kept elsewhere
  std::vector<std::string>
      skip;  // SECURITY: names of checks, for the suite that mutates the verifier
};

[[nodiscard]] Verification verify(const NodeFiles& files, const VerifyOptions& options);
[[nodiscard]] Json to_json(const Verification& verification);

}  // namespace lexecon::ledger
