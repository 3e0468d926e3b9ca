#include "service/standing.hpp"

#include <algorithm>

#include "decision/judge.hpp"
#include "json/json.hpp"
#include "service/ledger_facts.hpp"
#include "service/sets.hpp"
#include "service/story.hpp"

namespace lexecon::service {
namespace {

using policy::Outcome;

Wants judged(store::Database& database, const Story& story, Timestamp at) {
  const auto request = sealed_request(database, *story.decision.seq);
  if (!request) return {};
  const auto set = load_active(database);
  const auto* const in_force = set ? &*set : nullptr;
  const auto facts = LedgerFacts(database, at).of(*request, in_force, story.told.facts(at));
  auto verdict = decision::judge(*request, in_force, facts, at);
  return {verdict.outcome, verdict.reason, std::move(verdict.unmet)};
}

}  // namespace

Wants wants_of(store::Database& database, const std::string& decision_id, Timestamp at) {
  return judged(database, story_of(database, decision_id), at);
}

Json to_json(const Wants& wants) {
  if (!wants.outcome) return {};
  return {{"outcome", policy::to_string(*wants.outcome)},
          {"reason_code", policy::to_string(*wants.reason)},
          {"unmet", wants.unmet}};
}

Standing standing(const Node& node, const std::string& decision_id, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  now = std::max(now, last_entry_time(database));
  const auto story = story_of(database, decision_id);
  if (story.told.is_refused()) return {Outcome::denied, false};
  if (story.told.is_spent()) return {Outcome::approved, false};
  const auto recorded = story.decision.outcome;
  if (!story.told.facts(now).approvals.empty()) {
    const bool is_enough = judged(database, story, now).outcome == Outcome::approved;
    return {is_enough ? Outcome::approved : recorded, !is_enough};
  }
  const auto* const escalation = story.told.escalation();
  if (escalation != nullptr) return {recorded, escalation->is_open()};
  return {recorded, recorded == Outcome::conditional};
}

}  // namespace lexecon::service
