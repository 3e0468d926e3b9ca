#include "service/answers.hpp"

#include <utility>
#include <vector>

#include "base/error.hpp"
#include "registry/operators.hpp"
#include "service/decisions.hpp"
#include "service/escalations.hpp"
#include "service/standing.hpp"
#include "service/story.hpp"

namespace lexecon::service {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;

/// Until when a yes counts that is given now.
Timestamp end_of(const Said& said, const decision::ActiveSet* set, Timestamp now) {
  if (said.life_seconds) return {now.micros + *said.life_seconds * micros_per_second};
  return now +
         (set == nullptr ? decision::EscalationConfig{} : set->node.escalations).approval_life;
}

Json answer_of(const ledger::Appended& appended, const char* schema, const Wants& wants) {
  const auto& entry = appended.entry;
  Json out{{"schema", schema},
           {"decision_id", entry.data.at("decision_id")},
           {"expires_at", entry.data.at("expires_at")},
           {"approval", approval_of(entry)},
           {"judged_now", to_json(wants)},
           {"seq", entry.seq},
           {"ledger_entry_id", chain::entry_id(entry.seq)},
           {"entry_hash", appended.hash.hex()}};
  for (const auto* member : {"requirement", "escalation_id", "outcome"}) {
    if (entry.data.contains(member)) out[member] = entry.data.at(member);
  }
  return out;
}

// SECURITY: the role that the path of the escalation asks for, besides the least that verifiers ask.
void require_fit(Act& act, const Node& node, const Case& subject, const ledger::Draft& draft) {
  const auto operators = registry::operators(act.database());
  const auto& id = draft.data.at("approval").at("operator").get_ref<const std::string&>();
  const auto* const signer = operators.find(id);
  if (signer == nullptr) throw Error(ErrorCode::internal, "an approval of nobody counted");
  const auto unfit = unfit_for(subject, operators, *signer);
  if (unfit) refuse_approval(act, node, draft, {"insufficient_role", *unfit});
}

// Handed up, and nobody stands above: it ends there, and the request stays what it was.
void fail_at_the_top(Act& act, const Node& node, const Case& subject) {
  const auto& standing = subject.escalation.standing;
  if (standing.state != authority::EscalationState::awaiting_approval) return;
  if (authority::answerer_of(subject.path, standing.handed_up)) return;
  act.append({.event_type = "escalation.failed",
              .actor = node_actor(node),
              .data = {{"decision_id", subject.escalation.opened.decision_id},
                       {"escalation_id", subject.id()}},
              .sealed = std::nullopt});
}

}  // namespace

Json confirm(const Node& node, const std::string& decision_id, const std::string& requirement,
             const Said& said, const std::optional<Signatory>& signatory, Session& session) {
  Wanted wanted{.event_type = "decision.confirmed",
                .data = {{"decision_id", decision_id}, {"requirement", requirement}}};
  if (said.note) wanted.sealed = sealed_text("note", *said.note);
  {
    auto database = open_ledger(node);
    const store::Transaction snapshot(database, store::Transaction::Kind::read);
    const auto seq = require_decision(database, decision_id);
    const auto set = set_that_judged(database, read_decision(database, seq).data, seq);
    wanted.data["expires_at"] = to_text(end_of(said, set ? &*set : nullptr, session.now));
  }
  auto draft = prepare(node, std::move(wanted), signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  require_next(story_of(act.database(), decision_id), draft, act);
  const auto appended = act.append(std::move(draft));
  const auto wants = wants_of(act.database(), decision_id, act.at());
  (void)act.commit();
  return answer_of(appended, "lexecon.confirmation/1", wants);
}

Json resolve(const Node& node, const std::string& id, const std::string& outcome, const Said& said,
             const std::optional<Signatory>& signatory, Session& session) {
  Wanted wanted{.event_type = "escalation.resolved"};
  if (said.note) wanted.sealed = sealed_text("note", *said.note);
  std::string decision_id;
  {
    auto database = open_ledger(node);
    const store::Transaction snapshot(database, store::Transaction::Kind::read);
    CaseReader reader(database);
    const auto subject = reader.find(id);
    decision_id = subject.escalation.opened.decision_id;
    const bool is_yes = outcome == "approved";
    wanted.data = {
        {"decision_id", decision_id},
        {"escalation_id", subject.id()},
        {"expires_at", to_text(is_yes ? end_of(said, subject.set, session.now) : session.now)},
        {"outcome", outcome}};
  }
  auto draft = prepare(node, std::move(wanted), signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  require_next(story_of(act.database(), decision_id), draft, act);
  CaseReader reader(act.database());
  const auto subject = reader.find(id);
  require_fit(act, node, subject, draft);
  std::vector<ledger::Appended> before;
  record_breach(act, node, subject, before);
  const auto appended = act.append(std::move(draft));
  fail_at_the_top(act, node, reader.find(id));
  const auto wants = wants_of(act.database(), decision_id, act.at());
  (void)act.commit();
  return answer_of(appended, "lexecon.resolution/1", wants);
}

}  // namespace lexecon::service
