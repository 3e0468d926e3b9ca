#include "service/decide.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "chain/sealed.hpp"
#include "decision/record.hpp"
#include "json/canonical.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"
#include "oversight/escalations.hpp"
#include "registry/keys.hpp"
#include "registry/tokens.hpp"
#include "service/act.hpp"
#include "service/decisions.hpp"
#include "service/mint.hpp"
#include "service/sets.hpp"

namespace lexecon::service {
namespace {

/// What every request of one call is judged with.
struct Bench {
  const Node& node;
  const DecideOptions& options;
  Session& session;
  Act& act;
  const decision::ActiveSet* set;      // nullptr: none is active
  const crypto::SecretKey* token_key;  // nullptr: no tokens are wanted
};

/// What the ledger says that bears on a request. Its sources are operators' entries, of which this
/// build records none; so nothing confirms, excepts or stops.
decision::Facts facts_for(const decision::Request&) { return {}; }

std::vector<std::string> escalated_codes(const decision::Verdict& verdict) {
  std::vector<std::string> codes;
  for (const auto& reason : verdict.reasons) {
    if (reason.outcome == policy::Outcome::escalated) {
      codes.emplace_back(policy::to_string(reason.code));
    }
  }
  return codes;
}

std::string open_escalation(Bench& bench, const std::string& decision_id,
                            const decision::Verdict& verdict) {
  auto id = oversight::new_escalation_id(bench.act.database(), decision_id, bench.session.entropy);
  bench.act.append({.event_type = "escalation.created",
                    .actor = node_actor(bench.node),
                    .data = {{"decision_id", decision_id},
                             {"escalation_id", id},
                             {"priority", oversight::priority_of(verdict.risk.level)},
                             {"reasons", escalated_codes(verdict)}},
                    .sealed = std::nullopt});
  return id;
}

std::optional<Minted> token_for(Bench& bench, const decision::Request& request,
                                const decision::Verdict& verdict, const std::string& decision_id) {
  if (verdict.outcome != policy::Outcome::approved || bench.token_key == nullptr) {
    return std::nullopt;
  }
  const TokenTerms terms =
      token_terms(bench.node, *bench.set, bench.options.audience, bench.options.life_seconds);
  require_in_force(bench.act.database(), *bench.token_key);
  const auto record = fresh_record(terms, bench.act.at(), *bench.token_key, bench.session.entropy);
  return mint_token(decision::claims_for(request, verdict, decision_id, bench.node.origin, record),
                    *bench.token_key);
}

Decision record(Bench& bench, const decision::Request& request) {
  const auto facts = facts_for(request);
  auto verdict = decision::judge(request, bench.set, facts, bench.act.at());
  const auto decision_id = "dec_" + bench.session.ulids.next(bench.act.at(), bench.session.entropy);
  const auto token = token_for(bench, request, verdict, decision_id);
  const auto appended =
      bench.act.append({.event_type = "decision",
                        .actor = request.actor,
                        .data = decision::decision_data(
                            {.decision_id = decision_id,
                             .at = bench.act.at(),
                             .via = bench.options.via,
                             .request = request,
                             .facts = facts,
                             .verdict = verdict,
                             .token = token ? std::optional(token->record) : std::nullopt}),
                        .sealed = request.canonical});
  Decision decision = as_recorded(appended.entry, appended.hash);
  if (token) decision.token = token->text;
  if (verdict.outcome == policy::Outcome::escalated) {
    decision.escalation_id = open_escalation(bench, decision_id, verdict);
  }
  decision.trace = std::move(verdict.trace);
  decision.files_not_in_force = std::move(verdict.files_not_in_force);
  return decision;
}

/// The token of a decision made before, bit for bit, as long as it is good for anything.
std::optional<std::string> token_again(Bench& bench, const decision::Request& request,
                                       const Decision& recorded) {
  if (recorded.data.at("token").is_null() || bench.token_key == nullptr) return std::nullopt;
  const auto kept = decision::parse_token_record(recorded.data.at("token"));
  const auto rows =
      registry::tokens_of(bench.act.database(), recorded.data.at("decision_id").get<std::string>());
  const auto row = std::find_if(rows.begin(), rows.end(), [&kept](const auto& candidate) {
    return candidate.record.jti == kept.jti;
  });
  const bool good = row != rows.end() && row->used == 0 && !row->revoked_seq &&
                    bench.act.at() < kept.expires_at &&
                    kept.kid == bench.token_key->public_key().kid();
  if (!good) return std::nullopt;
  decision::Verdict verdict;
  verdict.policy_hash =
      hash_from_hex(recorded.data.at("policy").at("hash").get_ref<const std::string&>());
  auto token = mint_token(
      decision::claims_for(request, verdict, recorded.data.at("decision_id").get<std::string>(),
                           bench.node.origin, kept),
      *bench.token_key);
  if (token.record.token_hash != kept.token_hash) {
    throw Error(ErrorCode::integrity, "the token made again is not the one on record",
                chain::entry_id(*recorded.seq), "run lexecon ledger verify");
  }
  return std::move(token.text);
}

Decision replay(Bench& bench, const decision::Request& request, std::uint64_t seq) {
  auto recorded = read_decision(bench.act.database(), seq);
  const auto before = sealed_request(bench.act.database(), seq);
  if (!before || json::canonical(before->canonical) != json::canonical(request.canonical)) {
    throw Error(ErrorCode::bad_input,
                "the idempotency key `" + *request.idempotency_key +
                    "` was used for another request of this actor",
                "/idempotency_key", "use a new key for a new request");
  }
  recorded.replayed = true;
  recorded.token = token_again(bench, request, recorded);
  auto verdict = rejudge(bench.act.database(), seq);
  recorded.trace = std::move(verdict.trace);
  recorded.files_not_in_force = std::move(verdict.files_not_in_force);
  return recorded;
}

Decision answer(Bench& bench, const decision::Request& request) {
  if (request.idempotency_key) {
    const auto seq = oversight::find_repeat(bench.act.database(), request.tenant, request.actor,
                                            *request.idempotency_key);
    if (seq) return replay(bench, request, *seq);
  }
  return record(bench, request);
}

}  // namespace

std::vector<Decision> decide_all(const Node& node, std::span<const decision::Request> requests,
                                 const DecideOptions& options, Session& session) {
  check_token_options(options.audience, options.life_seconds);
  std::optional<crypto::SecretKey> token_key;
  if (options.with_token) token_key = load_token_key(node, session.passphrase);
  Act act(node, session);
  const auto set = load_active(act.database());
  Bench bench{
      node, options, session, act, set ? &*set : nullptr, token_key ? &*token_key : nullptr};
  std::vector<Decision> decisions;
  decisions.reserve(requests.size());
  for (const auto& request : requests) decisions.push_back(answer(bench, request));
  const auto checkpoint = chain::open_checkpoint(act.commit(), ledger_identity(node));
  for (auto& decision : decisions) decision.checkpoint = checkpoint;
  return decisions;
}

Decision decide(const Node& node, const decision::Request& request, const DecideOptions& options,
                Session& session) {
  return std::move(decide_all(node, {&request, 1}, options, session).front());
}

Decision dry_run(const Node& node, const decision::Request& request, const DecideOptions& options,
                 const Session& session) {
  check_token_options(options.audience, options.life_seconds);
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto set = load_active(database);
  const auto at = std::max(session.now, last_entry_time(database));
  const auto facts = facts_for(request);
  auto verdict = decision::judge(request, set ? &*set : nullptr, facts, at);
  Decision decision;
  decision.data = decision::decision_data({.decision_id = {},
                                           .at = at,
                                           .via = options.via,
                                           .request = request,
                                           .facts = facts,
                                           .verdict = verdict,
                                           .token = std::nullopt});
  decision.outcome = verdict.outcome;
  decision.at = at;
  decision.trace = std::move(verdict.trace);
  decision.files_not_in_force = std::move(verdict.files_not_in_force);
  return decision;
}

}  // namespace lexecon::service
