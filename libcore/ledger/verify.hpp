// The verifier of a node's own ledger: every byte derived again, every check named and counted.
//
// Shapes   the checks are one table (verify_checks.cpp); a verdict never softens: one failure is invalid
// Errors   only what prevents an answer is an Error; an altered ledger is an answer
// Source   lexecon-ledger(5), Verification
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "chain/witness_policy.hpp"
#include "crypto/identity.hpp"
#include "findings/verdict.hpp"
#include "json/fwd.hpp"
#include "ledger/log_keys.hpp"
#include "ledger/node_files.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

using findings::CheckResult;
using findings::CheckStatus;
using findings::Verdict;

/// Two signed notes that cannot both be of one history: the proof of a rollback or a fork.
struct Conflict {
  std::string ours;    // of the database; empty when it has none to show
  std::string theirs;  // a head, or a note kept elsewhere
};

/// Decisions judged again; the rest were erased, or are of an engine that is not this one's.
struct Redecided {
  std::uint64_t decisions = 0;
  std::uint64_t judged = 0;
  std::uint64_t erased = 0;
  std::uint64_t engine_unknown = 0;
};

/// Entries that were moved into a package.
struct Archive {
  std::uint64_t seq = 0;  // the entry that says so
  std::string export_id;
  std::uint64_t entries = 0;
};

/// A recovery: no key before it vouches for the key that signs from there on.
struct Gap {
  std::uint64_t seq = 0;
  crypto::Identity key;
  Lost lost;
};

/// Who had a say, by the entries that were seen.
struct HumanAuthority {
  std::optional<std::uint64_t> first_operator;  // nothing: nobody
  bool one_suffices = false;                    // `roles.four_eyes: single` in the last set
};

struct Verification {
  Verdict verdict = Verdict::undecidable;
  std::optional<std::string> cause;  // why it is undecidable
  std::uint64_t entries_verified = 0;
  std::optional<std::uint64_t> first_bad_seq;
  std::optional<chain::Checkpoint> head;  // the largest checkpoint that verified
  std::string origin;
  std::vector<CheckResult> checks;
  std::vector<Conflict> conflicts;
  std::optional<Redecided> redecided;  // with VerifyOptions::deep
  std::vector<Gap> gaps;
  std::vector<Archive> archives;
  HumanAuthority people;
  std::uint64_t from = 0;  // VerifyOptions::from
  bool complete = false;   // a checkpoint kept elsewhere proves that nothing before it is missing
  std::optional<std::uint64_t> complete_up_to;
};

struct VerifyOptions {
  Path state_home;
  std::vector<crypto::Pin> pins;         // each must be a key of the log
  std::vector<std::string> older_notes;  // checkpoints kept elsewhere
  /// Whose cosignatures each of older_notes must carry.
  std::optional<chain::WitnessPolicy> witnesses = {};
  /// The size of one of older_notes that was verified when it was made: sealed content and signatures
  /// below it are not examined again, entries are.
  std::uint64_t from = 0;
  std::vector<std::string>
      skip;           // SECURITY: names of checks, for the suite that mutates the verifier
  bool deep = false;  // all pages of the file as well, and every decision judged again
  /// Told now and then how many entries were seen, of how many (0 when nobody knows); on the thread that called verify().
  std::function<void(std::uint64_t seen, std::uint64_t of)> progress = {};
  /// Writes what an entry means into the projections; without it they are not compared.
  std::function<void(store::Database&, const chain::Entry&)> project = {};
};

[[nodiscard]] Verification verify(const NodeFiles& files, const VerifyOptions& options);
/// The entries of a log without its database, a line each, from an open descriptor to its end: every
/// check that entries alone can answer. Valid only under a pinned key and a checkpoint of all of them.
[[nodiscard]] Verification verify_entries(int descriptor, const std::string& name,
                                          const VerifyOptions& options);
[[nodiscard]] Json to_json(const Verification& verification);
/// The names of all checks, in the order of the report.
[[nodiscard]] std::vector<std::string> check_names();

}  // namespace lexecon::ledger
