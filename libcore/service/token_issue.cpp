#include <utility>

#include "base/error.hpp"
#include "service/act.hpp"
#include "service/decisions.hpp"
#include "service/ledger_facts.hpp"
#include "service/mint.hpp"
#include "service/set_cache.hpp"
#include "service/sets.hpp"
#include "service/story.hpp"
#include "service/tokens.hpp"

namespace lexecon::service {
namespace {

constexpr std::int64_t approval_life_micros = std::int64_t{24} * 60 * 60 * 1'000'000;

[[noreturn]] void refuse(const std::string& why, const std::string& decision_id) {
  throw Error(ErrorCode::not_permitted, "no unexpired approval on record: " + why, decision_id,
              "ask again with lexecon decide");
}

/// What people approved; the decision itself approves its one token for a day.
decision::Facts require_approval(const Story& story, Timestamp at) {
  const auto& id = story.decision.data.at("decision_id").get_ref<const std::string&>();
  if (const auto fault = story.told.token_fault(at)) refuse(*fault, id);
  auto facts = story.told.facts(at);
  // The limits as they stood when it was decided: a decision is counted once.
  facts.limits = decision::parse_facts(story.decision.data.at("facts")).limits;
  if (facts.approvals.empty() && at.micros - story.decision.at.micros >= approval_life_micros) {
    refuse("this one is older than 24 hours", id);
  }
  return facts;
}

decision::Request require_request(store::Database& database, const Decision& decision) {
  auto request = sealed_request(database, *decision.seq);
  if (!request) refuse("its request was erased", decision.data.at("decision_id"));
  return std::move(*request);
}

/// What was forbidden since then is forbidden now.
decision::Verdict judge_now(const decision::Request& request, const decision::ActiveSet* set,
                            const decision::Facts& facts, Timestamp at, const std::string& id) {
  auto verdict = decision::judge(request, set, facts, at);
  if (verdict.outcome != policy::Outcome::approved) {
    refuse("judged again now it is " + std::string(policy::to_string(verdict.outcome)) + " (" +
               std::string(policy::to_string(verdict.reason)) + ")",
           id);
  }
  return verdict;
}

}  // namespace

Issued issue_token(const Node& node, const std::string& decision_id,
                   const std::optional<std::string>& audience,
                   const std::optional<std::int64_t>& life_seconds, Session& session) {
  check_token_options(audience, life_seconds);
  NodeKey token_key(token_place(node.files), session.passphrase);
  Act act(node, session);
  auto& database = act.database();
  const auto& key = act.token_key(token_key);
  const auto story = story_of(database, decision_id);
  auto answered = require_approval(story, act.at());
  const auto request = require_request(database, story.decision);
  const auto set = load_active(database, SetCache(node.files, &key));
  const auto* const in_force = set ? &*set : nullptr;
  const auto facts = LedgerFacts(database, act.at()).of(request, in_force, std::move(answered));
  const auto verdict = judge_now(request, in_force, facts, act.at(), decision_id);
  const auto record = fresh_record(token_terms(node.origin, *set, audience, life_seconds), act.at(),
                                   key, session.entropy);
  auto minted =
      mint_token(decision::claims_for(request, verdict, decision_id, node.origin, record), key);
  const auto appended = act.append({.event_type = "token.issued",
                                    .actor = request.actor,
                                    .data = {{"at", to_text(act.at())},
                                             {"decision_id", decision_id},
                                             {"facts", decision::to_json(facts)},
                                             {"policy_hash", verdict.policy_hash->hex()},
                                             {"token", decision::to_json(minted.record)}},
                                    .sealed = std::nullopt});
  (void)act.commit();
  return {.token = std::move(minted.text),
          .claims = std::move(minted.claims),
          .seq = appended.entry.seq,
          .entry_hash = appended.hash};
}

Json to_json(const Issued& issued) {
  return {{"schema", "lexecon.issued_token/1"},
          {"decision_id", issued.claims.decision_id},
          {"capability_token", issued.token},
          {"claims", to_json(issued.claims)},
          {"seq", issued.seq},
          {"ledger_entry_id", chain::entry_id(issued.seq)},
          {"entry_hash", issued.entry_hash.hex()}};
}

}  // namespace lexecon::service
