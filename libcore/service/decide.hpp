// Judges requests under the active set and records each verdict with its token and escalation.
//
// Shapes   one transaction: facts, verdict, token, `decision` entry, `escalation.created`; the
// answer only
//          after the commit
// Errors   Error{bad_input} when an entry or token would be too long, or an idempotency key was
// used for
//          another request: nothing is recorded then, of none of the requests
// Source   lexecon-decide(1)
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chain/checkpoint.hpp"
#include "decision/judge.hpp"
#include "decision/prohibited.hpp"
#include "json/json.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct DecideOptions {
  std::string via = "cli";                        // cli, batch, hook:<name>, gate
  std::optional<std::int64_t> life_seconds = {};  // default: node.yaml, tokens.ttl
  std::optional<std::string> audience = {};  // default: node.yaml, tokens.audience, else the origin
  bool with_token = true;
};

/// A decision as it is on record, and what only its requester gets: the token's text.
struct Decision {
  Json data;  // of the `decision` entry
  policy::Outcome outcome = policy::Outcome::denied;
  Timestamp at;
  std::optional<std::string> token;
  std::optional<std::string> escalation_id;
  std::optional<std::uint64_t> seq;  // nothing when it was not recorded
  std::optional<Hash> entry_hash;
  std::optional<chain::Checkpoint> checkpoint;
  bool replayed = false;
  std::optional<decision::ProhibitedFinding> prohibited = {};  // where its sealed content holds it
  std::optional<policy::ReasonCode> held_by = {};              // of a replay: what holds it up now
  std::optional<std::vector<std::string>> overrides;  // ids; only where they were asked for
  std::vector<decision::TraceStep> trace;
  std::vector<std::string> files_not_in_force;
};

[[nodiscard]] Decision decide(const ledger::NodeFiles& files, const decision::Request& request,
                              const DecideOptions& options, Session& session);
/// Several requests in one transaction, answered in their order.
[[nodiscard]] std::vector<Decision> decide_all(const ledger::NodeFiles& files,
                                               std::span<const decision::Request> requests,
                                               const DecideOptions& options, Session& session);
/// Judges and writes nothing; needs no key, gives no token.
[[nodiscard]] Decision dry_run(const Node& node, const decision::Request& request,
                               const DecideOptions& options, const Session& session);

/// The same of a verdict that was reached already.
[[nodiscard]] Decision unrecorded(const decision::Request& request, const decision::Facts& facts,
                                  decision::Verdict verdict, Timestamp at, std::string via);

/// The document of `decide --json`, lexecon.decision/1.
[[nodiscard]] Json to_json(Decision decision, bool explain);

}  // namespace lexecon::service
