#include "service/bench.hpp"

#include <algorithm>
#include <future>
#include <utility>

#include "base/ids.hpp"
#include "chain/sealed.hpp"
#include "decision/record.hpp"
#include "json/canonical.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"
#include "oversight/escalations.hpp"
#include "registry/keys.hpp"
#include "registry/sets.hpp"
#include "registry/tokens.hpp"
#include "service/act.hpp"
#include "service/decisions.hpp"
#include "service/set_cache.hpp"
#include "service/sets.hpp"
#include "service/tenants.hpp"

namespace lexecon::service {
namespace {

std::vector<std::string> escalated_codes(const decision::Verdict& verdict) {
  std::vector<std::string> codes;
  for (const auto& reason : verdict.reasons) {
    if (reason.outcome == policy::Outcome::escalated) {
      codes.emplace_back(policy::to_string(reason.code));
    }
  }
  return codes;
}

std::string open_escalation(Act& act, const std::string& actor, const std::string& decision_id,
                            const decision::Verdict& verdict, Entropy& entropy) {
  auto id = oversight::new_escalation_id(act.database(), decision_id, entropy);
  act.append({.event_type = "escalation.created",
              .actor = actor,
              .data = {{"decision_id", decision_id},
                       {"escalation_id", id},
                       {"priority", oversight::priority_of(verdict.risk.level)},
                       {"reasons", escalated_codes(verdict)}},
              .sealed = std::nullopt});
  return id;
}

/// The row of a recorded token, as long as the token is good for anything.
bool is_good(store::Database& database, const decision::TokenRecord& kept,
             const std::string& decision_id, Timestamp now) {
  const auto rows = registry::tokens_of(database, decision_id);
  const auto row = std::find_if(rows.begin(), rows.end(), [&kept](const auto& candidate) {
    return candidate.record.jti == kept.jti;
  });
  return row != rows.end() && row->used == 0 && !row->revoked_seq && now < kept.expires_at;
}

/// What a request asks. The trace id names the call: a retry has another one, and asks the same.
std::string asked(const decision::Request& request) {
  auto document = request.canonical;
  document.erase("trace_id");
  return json::canonical(document);
}

}  // namespace

Bench::Bench(ledger::NodeFiles files, DecideOptions options, Session& session)
    : files_(std::move(files)),
      options_(std::move(options)),
      session_(session),
      ledger_key_(ledger_place(files_), session.passphrase) {
  check_token_options(options_.audience, options_.life_seconds);
  if (options_.with_token) token_key_.emplace(token_place(files_), session.passphrase);
}

std::optional<Minted> Bench::token_for(Act& act, const decision::Request& request,
                                       const decision::Verdict& verdict,
                                       const std::string& decision_id) {
  if (verdict.outcome != policy::Outcome::approved || !token_key_) return std::nullopt;
  const auto& key = token_key(act);
  const auto terms = token_terms(act.origin(), *set_, options_.audience, options_.life_seconds);
  const auto record = fresh_record(terms, act.at(), key, session_.entropy);
  return mint_token(decision::claims_for(request, verdict, decision_id, act.origin(), record), key);
}

// Looked up once in a transaction: between two of them another process may have rotated it.
const crypto::SecretKey& Bench::token_key(Act& act) {
  if (signs_ == nullptr) signs_ = &act.token_key(*token_key_);
  return *signs_;
}

Decision Bench::record(Act& act, decision::Screened screened) {
  auto& request = screened.request;
  auto facts = facts_->of(request, set());
  if (screened.is_denied) hold(facts, policy::ReasonCode::prohibited_content);
  meter_->weigh(request, facts);
  auto verdict = decision::judge(request, set(), facts, act.at());
  const auto decision_id = "dec_" + session_.ulids.next(act.at(), session_.entropy);
  const auto token = token_for(act, request, verdict, decision_id);
  auto appended = act.append({.event_type = "decision",
                              .actor = request.actor,
                              .data = decision::decision_data(
                                  {.decision_id = decision_id,
                                   .at = act.at(),
                                   .via = options_.via,
                                   .request = request,
                                   .facts = facts,
                                   .verdict = verdict,
                                   .token = token ? std::optional(token->record) : std::nullopt}),
                              .sealed = std::nullopt,
                              .sealed_bytes = chain::seal_text(request.text, session_.entropy)});
  Decision decision = as_recorded(std::move(appended.entry), appended.hash);
  if (token) decision.token = token->text;
  decision.prohibited = std::move(screened.found);
  if (verdict.outcome == policy::Outcome::escalated) {
    decision.escalation_id =
        open_escalation(act, act.node_actor(), decision_id, verdict, session_.entropy);
  }
  for (auto& tripped : meter_->count(decision.data)) {
    act.append({.event_type = "limit.tripped",
                .actor = act.node_actor(),
                .data = std::move(tripped),
                .sealed = std::nullopt});
  }
  decision.trace = std::move(verdict.trace);
  decision.files_not_in_force = std::move(verdict.files_not_in_force);
  return decision;
}

// The token of a decision made before, bit for bit.
std::optional<std::string> Bench::token_again(Act& act, const decision::Request& request,
                                              const Decision& recorded) {
  if (recorded.data.at("token").is_null() || !token_key_) return std::nullopt;
  const auto& key = token_key(act);
  const auto kept = decision::parse_token_record(recorded.data.at("token"));
  const auto decision_id = recorded.data.at("decision_id").get<std::string>();
  if (kept.kid != key.public_key().kid() || !is_good(act.database(), kept, decision_id, act.at())) {
    return std::nullopt;
  }
  decision::Verdict verdict;
  verdict.policy_hash =
      hash_from_hex(recorded.data.at("policy").at("hash").get_ref<const std::string&>());
  auto token =
      mint_token(decision::claims_for(request, verdict, decision_id, act.origin(), kept), key);
  if (token.record.token_hash != kept.token_hash) {
    throw Error(ErrorCode::integrity, "the token made again is not the one on record",
                chain::entry_id(*recorded.seq), "run lexecon ledger verify");
  }
  return std::move(token.text);
}

Decision Bench::replay(Act& act, const decision::Request& request, std::uint64_t seq) {
  auto recorded = read_decision(act.database(), seq);
  const auto before = sealed_request(act.database(), seq);
  if (!before) {
    throw Error(ErrorCode::bad_input,
                "the request that the idempotency key `" + *request.idempotency_key +
                    "` was used for was erased: whether this is the same one cannot be told",
                "/idempotency_key", "use a new key");
  }
  if (asked(*before) != asked(request)) {
    throw Error(ErrorCode::bad_input,
                "the idempotency key `" + *request.idempotency_key +
                    "` was used for another request of this actor",
                "/idempotency_key", "use a new key for a new request");
  }
  recorded.replayed = true;
  // SECURITY: what was approved before a stop is worth nothing while that holds.
  recorded.held_by = facts_->of(request, set()).guard;
  if (!recorded.held_by) recorded.token = token_again(act, request, recorded);
  auto verdict = rejudge(act.database(), seq);
  recorded.trace = std::move(verdict.trace);
  recorded.files_not_in_force = std::move(verdict.files_not_in_force);
  return recorded;
}

Decision Bench::answer(Act& act, decision::Request request) {
  require_tenant(request, set());
  auto screened = decision::screen(std::move(request),
                                   set_ ? set_->node.on_prohibited : decision::OnProhibited::deny);
  const auto& asks = screened.request;
  if (asks.idempotency_key) {
    const auto seq =
        oversight::find_repeat(act.database(), asks.tenant, asks.actor, *asks.idempotency_key);
    if (seq) return replay(act, asks, *seq);
  }
  return record(act, std::move(screened));
}

// Between two transactions another process may have activated a set or removed a key.
void Bench::bring_up_to_date(Act& act) {
  signs_ = nullptr;
  facts_.emplace(act.database(), act.at());
  load_set(act);
  meter_.emplace(act.database(), set_ ? &*set_ : nullptr, act.at());
}

void Bench::load_set(Act& act) {
  const auto active = registry::active_set(act.database());
  if (active && set_ && set_->policy_hash == active->policy_hash) return;
  set_.reset();
  if (!active) return;
  const SetCache cache(files_, token_key_ ? token_key_->loaded() : nullptr);
  set_ = load_recorded(act.database(), *active, cache);
}

// Leaves everything appended and signed, and nothing committed.
std::vector<Answer> Bench::sit(Act& act, std::vector<decision::Request> requests, Refused refused,
                               const Also& also) {
  bring_up_to_date(act);
  std::vector<Answer> answers;
  answers.reserve(requests.size());
  for (auto& request : requests) {
    const auto size = act.size();
    try {
      answers.emplace_back(answer(act, std::move(request)));
    } catch (const Error& error) {
      // INVARIANT: a refused request left no entry; one that did cannot be taken out of the
      // transaction again, which then fails as a whole.
      const bool stands_alone = error.code() == ErrorCode::bad_input && act.size() == size;
      if (refused == Refused::undoes_all || !stands_alone) throw;
      answers.emplace_back(error);
    }
  }
  if (also) also(act, answers);
  const auto checkpoint = chain::parse_checkpoint(chain::parse_note(act.sign()));
  for (auto& each : answers) {
    if (auto* const decision = std::get_if<Decision>(&each)) decision->checkpoint = checkpoint;
  }
  return answers;
}

std::vector<Decision> Bench::decide(std::span<const decision::Request> requests, const Also& also) {
  Act act(files_, ledger_key_, session_);
  auto answers = sit(act, {requests.begin(), requests.end()}, Refused::undoes_all, also);
  act.commit();
  std::vector<Decision> decisions;
  decisions.reserve(answers.size());
  for (auto& each : answers) decisions.push_back(std::get<Decision>(std::move(each)));
  return decisions;
}

void Bench::decide_each(std::vector<decision::Request> requests, const Prepare& prepare) {
  Act act(files_, ledger_key_, session_);
  auto answers = sit(act, std::move(requests), Refused::is_an_answer);
  // A commit is mostly waiting for the disk: time enough for the answers. By reference: where no thread can
  // be had, libstdc++ calls a function whose captures went with the thread that was not made.
  auto prepared = std::async([&prepare, &answers] { prepare(std::move(answers)); });
  act.commit();
  prepared.get();
}

}  // namespace lexecon::service
