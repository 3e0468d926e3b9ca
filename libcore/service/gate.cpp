#include "service/gate.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "chain/gate_shapes.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"
#include "service/act.hpp"
#include "service/bench.hpp"
#include "service/ledger_facts.hpp"
#include "service/sets.hpp"
#include "service/story.hpp"

namespace lexecon::service {
namespace {

using findings::CheckResult;
using findings::CheckStatus;
using package::GateOutcome;
using policy::Outcome;

/// What is to be said of the decision now.
struct Judged {
  Decision decision;
  Outcome outcome = Outcome::denied;
  std::string why;
  decision::Facts facts;
  Json policy_hash;  // of the set that judged
  std::size_t approvals = 0;
  bool is_approved = false;  // by people or, for a day, by itself
};

Judged fresh(const Decision& decision) {
  const auto& data = decision.data;
  return {.decision = decision,
          .outcome = decision.outcome,
          .why = data.at("reasoning").get<std::string>(),
          .facts = decision::parse_facts(data.at("facts")),
          .policy_hash = data.at("policy").at("hash"),
          .is_approved = true};
}

std::string judged_now(const decision::Verdict& verdict) {
  return "judged again now it is " + std::string(policy::to_string(verdict.outcome)) + " (" +
         std::string(policy::to_string(verdict.reason)) + ")";
}

// SECURITY: a decision that was made before is worth what people answered to it and what holds now,
// whichever is stricter.
Judged recorded(Act& act, const std::string& decision_id, const decision::Request& asked) {
  auto& database = act.database();
  auto story = story_of(database, decision_id);
  const auto& data = story.decision.data;
  if (const auto other = package::difference(asked, data)) {
    throw Error(ErrorCode::bad_input, "`" + decision_id + "` is for another request: " + *other);
  }
  const auto request = sealed_request(database, *story.decision.seq);
  if (!request) {
    throw Error(ErrorCode::not_found, "the request of `" + decision_id + "` was erased", {},
                "ask again without --decision");
  }
  const auto set = load_active(database);
  const auto* const in_force = set ? &*set : nullptr;
  auto facts = LedgerFacts(database, act.at()).of(*request, in_force, story.told.facts(act.at()));
  const auto verdict = decision::judge(*request, in_force, facts, act.at());
  Judged out{.decision = story.decision,
             .outcome = verdict.outcome,
             .why = judged_now(verdict),
             .facts = facts,
             .policy_hash = set ? Json(set->policy_hash.hex()) : Json(),
             .approvals = story.told.facts(act.at()).approvals.size(),
             .is_approved = story.told.is_approved(act.at())};
  if (story.told.is_refused()) {
    out.outcome = Outcome::denied;
    out.why = "people refused it";
  } else if (out.approvals == 0 && out.decision.outcome > out.outcome) {
    out.outcome = out.decision.outcome;
    out.why = data.at("reasoning").get<std::string>();
  }
  return out;
}

CheckResult check_policy(const Judged& judged) {
  const bool is_yes = judged.outcome == Outcome::approved;
  return {"policy", is_yes ? CheckStatus::pass : CheckStatus::fail, 1, is_yes ? "" : judged.why};
}

CheckResult check_approvals(const Judged& judged, bool required) {
  CheckResult out{"approvals", CheckStatus::pass, judged.approvals, {}};
  if (judged.approvals > 0) return out;
  out.status = CheckStatus::not_run;
  out.detail = "none";
  if (required) {
    out.detail = "nobody approved it, or the approval is over";
  } else if (judged.outcome == Outcome::approved && !judged.is_approved) {
    out.detail = "it was decided more than 24 hours ago: ask again";
  } else {
    return out;
  }
  out.status = CheckStatus::fail;
  return out;
}

CheckResult check_registry(const decision::Facts& facts) {
  CheckResult out{"registry", CheckStatus::not_run, 0, "not asked"};
  if (!facts.registry) return out;
  std::string fault;
  const auto look = [&](const char* what, const std::optional<decision::RegistryState>& state) {
    if (!state) return;
    ++out.items;
    if (*state == decision::RegistryState::approved || !fault.empty()) return;
    fault = "the " + std::string(what) + " is " + std::string(decision::to_string(*state));
  };
  look("model", facts.registry->model);
  look("prompt", facts.registry->prompt);
  if (out.items == 0) return out;
  return {out.name, fault.empty() ? CheckStatus::pass : CheckStatus::fail, out.items, fault};
}

/// Of a receipt of this very log more is known than it says.
std::string own_receipt_fault(store::Database& database, const chain::Entry& entry) {
  const auto stored = ledger::read_entry(database, entry.seq);
  if (!stored || stored->bytes != chain::to_bytes(entry)) return "this log does not have its entry";
  const auto id = entry.data.at("decision_id").get<std::string>();
  if (story_of(database, id).told.is_refused()) return "people refused " + id + " since";
  return {};
}

package::ReceiptsFound check_receipts(Act& act, const Node& node, const GateQuestion& question) {
  auto rules = question.rules;
  if (rules.trusted.empty()) {
    rules.trusted.push_back({node.origin, node.keys.genesis.key});
    for (const auto& each : node.keys.rotations) {
      rules.trusted.push_back({node.origin, each.next.key});
    }
  }
  rules.on_record = [&](const std::string& id,
                        const crypto::PublicKey& key) -> std::optional<chain::Entry> {
    const auto seq =
        node.keys.sizes_of(key) ? oversight::find_decision(act.database(), id) : std::nullopt;
    const auto stored = seq ? ledger::read_entry(act.database(), *seq) : std::nullopt;
    return stored && stored->entry.event_type == "decision" ? std::optional(stored->entry)
                                                            : std::nullopt;
  };
  auto found = package::check_receipts(question.receipts, rules, question.request, act.at());
  for (const auto& entry : found.approvals) {
    if (found.result.status == CheckStatus::fail || entry.origin != node.origin) continue;
    const auto fault = own_receipt_fault(act.database(), entry);
    if (fault.empty()) continue;
    found.result.status = CheckStatus::fail;
    found.result.detail = "a receipt does not count: " + fault;
  }
  return found;
}

Json recorded_checks(const std::vector<CheckResult>& checks) {
  Json out = Json::array();
  for (const auto& check : checks) {
    out.push_back(
        {{"items", check.items}, {"name", check.name}, {"status", to_string(check.status)}});
  }
  return out;
}

Json digests_of(const std::vector<Hash>& hashes) {
  Json out = Json::array();
  for (const auto& hash : hashes) out.push_back(hash.hex());
  return out;
}

std::vector<Hash> digests_of(const std::vector<package::PinnedFile>& pins) {
  std::vector<Hash> out;
  for (const auto& pin : pins) out.push_back(pin.expected);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

GateOutcome outcome_from(std::string_view text) {
  for (const auto outcome :
       {GateOutcome::passed, GateOutcome::undecided, GateOutcome::conditional}) {
    if (text == package::to_string(outcome)) return outcome;
  }
  return GateOutcome::refused;
}

/// What decided: of a refusal the first check that failed, with those that nobody can answer first.
std::string reason_of(GateOutcome outcome, const Judged& judged,
                      const std::vector<CheckResult>& checks) {
  if (outcome == GateOutcome::passed) {
    return judged.approvals > 0 ? "approved by people" : "approved by policy";
  }
  if (outcome == GateOutcome::refused && judged.outcome != Outcome::denied) {
    for (const auto& check : checks) {
      const bool is_open = check.name == "policy" ||
                           (check.name == "approvals" && judged.outcome != Outcome::approved);
      if (check.status == CheckStatus::fail && !is_open) return check.detail;
    }
  }
  return judged.why;
}

package::GateAnswer check(Act& act, const Node& node, const GateQuestion& question,
                          const Judged& judged) {
  const auto receipts = check_receipts(act, node, question);
  std::vector<CheckResult> checks{check_approvals(judged, question.require_approval),
                                  package::check_pins(question.pins), check_policy(judged),
                                  receipts.result, check_registry(judged.facts)};
  const auto& request = question.request;
  const auto id = judged.decision.data.at("decision_id").get<std::string>();
  const auto listed = recorded_checks(checks);
  const auto text = chain::gate_outcome(policy::to_string(judged.outcome), listed);
  ledger::Draft draft{.event_type = "gate.checked",
                      .actor = request.actor,
                      .data = {{"at", to_text(act.at())},
                               {"checks", listed},
                               {"decision_id", id},
                               {"facts", decision::to_json(judged.facts)},
                               {"judged", policy::to_string(judged.outcome)},
                               {"outcome", text},
                               {"pins", digests_of(digests_of(question.pins))},
                               {"policy_hash", judged.policy_hash},
                               {"receipts", digests_of(receipts.entries)}},
                      .sealed = std::nullopt};
  require_next(story_of(act.database(), id), draft, act);
  const auto appended = act.append(std::move(draft));
  const auto outcome = outcome_from(text);
  return {.outcome = outcome,
          .reason = reason_of(outcome, judged, checks),
          .checks = std::move(checks),
          .actor = request.actor,
          .action = request.action,
          .resource = request.resource,
          .judged = std::string(policy::to_string(judged.outcome)),
          .decision_id = id,
          .escalation_id = judged.decision.escalation_id,
          .replayed = judged.decision.replayed,
          .seq = appended.entry.seq,
          .entry_hash = appended.hash,
          .at = act.at()};
}

}  // namespace

package::GateAnswer gate(const Node& node, const GateQuestion& question, Session& session) {
  Bench bench(node.files, {.via = "gate", .life_seconds = {}, .audience = {}, .with_token = false},
              session);
  package::GateAnswer answer;
  std::vector<decision::Request> requests;
  if (!question.decision_id) requests.push_back(question.request);
  (void)bench.decide(requests, [&](Act& act, std::span<const Answer> answers) {
    const auto* made = answers.empty() ? nullptr : &std::get<Decision>(answers.front());
    const bool is_fresh = made != nullptr && !made->replayed;
    auto judged = is_fresh
                      ? fresh(*made)
                      : recorded(act,
                                 made == nullptr ? *question.decision_id
                                                 : made->data.at("decision_id").get<std::string>(),
                                 question.request);
    judged.decision.replayed = !is_fresh;
    answer = check(act, node, question, judged);
  });
  return answer;
}

}  // namespace lexecon::service
