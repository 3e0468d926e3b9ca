#include "service/overrides.hpp"

#include <algorithm>
#include <utility>

#include "authority/decision_story.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "decision/judge.hpp"
#include "json/json.hpp"
#include "oversight/overrides.hpp"
#include "policy/graph.hpp"
#include "registry/tokens.hpp"
#include "service/ledger_facts.hpp"
#include "service/sets.hpp"
#include "service/story.hpp"

namespace lexecon::service {
namespace {

using authority::OverrideScope;
using policy::ReasonCode;

constexpr std::size_t least_justification = 20;
constexpr const char* ask_again = "lexecon decide asks again";
constexpr const char* change_policy =
    "an override lifts relations and permits nothing: change the policy, and record who wanted "
    "that "
    "with --scope permanent_policy_change";

[[noreturn]] void refuse(const std::string& message, const std::string& where,
                         const std::string& hint = {}) {
  throw Error(ErrorCode::bad_input, message, where, hint);
}

/// Characters, without the space around them.
std::size_t length_of(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return 0;
  text = text.substr(first, text.find_last_not_of(space) + 1 - first);
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    const auto one = utf8_at(text, at);
    if (!one) refuse("the justification is no UTF-8", {});
    at += one->length;
  }
  return count;
}

/// Whatever the ledger says.
void check_new(const NewOverride& added) {
  const auto length = length_of(added.justification);
  if (length < least_justification) {
    refuse("expected a justification of at least " + std::to_string(least_justification) +
               " characters, got " + std::to_string(length),
           {}, "say why, so that somebody who reads it in a year understands");
  }
  if (!added.approves && added.scope != OverrideScope::single_decision) {
    refuse("an override denies one decision", "--scope", "to deny more, change the policy");
  }
  if (added.approves && added.scope == OverrideScope::multiple_decisions && !added.expires_at) {
    refuse("an override of several decisions says when it ends", "--expires",
           "as in --expires 30d; the default is for one decision");
  }
}

// What the judge refuses before it looks at relations, no lifted relation changes.
void require_liftable(const Decision& decision, const std::string& id) {
  const auto code = decision.data.at("reason_code").get<std::string>();
  const auto reason = policy::reason_code_from(code);
  const bool is_guard = reason && decision::is_guard(*reason);
  if (!is_guard && reason != ReasonCode::no_policy_in_force &&
      reason != ReasonCode::not_permitted) {
    return;
  }
  refuse("`" + id + "` is denied by " + code + ", which no override lifts", id,
         reason == ReasonCode::not_permitted        ? change_policy
         : reason == ReasonCode::no_policy_in_force ? "lexecon policy activate puts a set in force"
                                                    : ask_again);
}

/// An override that changes nothing is a mistake.
void require_change(const Story& story, const std::vector<authority::Override>& before,
                    const NewOverride& added) {
  const auto& id = added.decision_id;
  const bool is_refused = story.told.is_refused();
  const bool was_approved = std::any_of(before.begin(), before.end(), [](const auto& each) {
    return each.approves && each.scope != OverrideScope::permanent_policy_change;
  });
  using policy::Outcome;
  const auto outcome = story.decision.outcome;
  if (!added.approves && (is_refused || (outcome == Outcome::denied && !was_approved))) {
    refuse("`" + id + "` is denied already", id);
  }
  if (added.approves && outcome == Outcome::approved && !is_refused) {
    refuse("`" + id + "` is approved already", id);
  }
}

const policy::Relation* find_relation(const decision::ActiveSet& set, const std::string& id) {
  const auto& relations = set.policies.graph().relations;
  const auto found = std::find_if(relations.begin(), relations.end(),
                                  [&id](const auto& each) { return each.id == id; });
  return found == relations.end() ? nullptr : &*found;
}

decision::Request require_sealed(store::Database& database, const Story& story) {
  auto request = sealed_request(database, *story.decision.seq);
  const auto& id = story.decision.data.at("decision_id").get_ref<const std::string&>();
  if (!request) refuse("the request of `" + id + "` was erased", id, ask_again);
  return std::move(*request);
}

/// Those named, or those that stood against the decision; each can be lifted now.
std::vector<std::string> relations_of(store::Database& database, const Story& story,
                                      const decision::ActiveSet& set, const NewOverride& added) {
  auto named = added.relations;
  if (named.empty()) {
    require_sealed(database, story);
    named = rejudge(database, *story.decision.seq).against;
  }
  std::vector<std::string> out;
  for (auto& id : named) {
    const auto* const relation = find_relation(set, id);
    if (relation == nullptr) {
      refuse("the set in force has no relation `" + id + "`", "--relation",
             "lexecon policy show prints them");
    }
    if (relation->type == policy::RelationType::permits) {
      refuse("`" + id + "` permits, and an override lifts what stands against a request",
             "--relation");
    }
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(std::move(id));
  }
  return out;
}

std::string hint_for(const decision::Verdict& verdict) {
  if (decision::is_guard(verdict.reason)) return "lift the stop first";
  if (!verdict.against.empty()) {
    return "what stands against it: " + join(verdict.against, ", ") + "; name all with --relation";
  }
  return change_policy;
}

/// Whether a token could be issued once this is on record: what was signed does what it says.
void require_approves(store::Database& database, const Story& story,
                      const decision::Exception& exception, const decision::ActiveSet& set,
                      Timestamp at) {
  const auto& id = story.decision.data.at("decision_id").get_ref<const std::string&>();
  const auto request = require_sealed(database, story);
  auto answered = story.told.facts(at);
  answered.approvals.push_back(
      {.operator_id = {}, .requirement = std::string(policy::human_confirmation), .seq = 0});
  answered.exceptions.push_back(exception);
  const auto facts = LedgerFacts(database, at).of(request, &set, std::move(answered));
  const auto verdict = decision::judge(request, &set, facts, at);
  if (verdict.outcome == policy::Outcome::approved) return;
  refuse("with that lifted `" + id + "` is " + std::string(policy::to_string(verdict.outcome)) +
             " (" + std::string(policy::to_string(verdict.reason)) + ")",
         id, hint_for(verdict));
}

decision::ActiveSet require_set(store::Database& database) {
  auto set = load_active(database);
  if (!set) refuse("no set is in force", {}, "lexecon policy activate puts one in force");
  return std::move(*set);
}

Json data_of(const NewOverride& added, const decision::Exception& exception) {
  return {{"decision_id", added.decision_id},
          {"expires_at", exception.expires_at ? Json(to_text(*exception.expires_at)) : Json()},
          {"new_outcome", added.approves ? "approved" : "denied"},
          {"override_id", exception.override_id},
          {"relations", exception.relations},
          {"scope", authority::to_string(added.scope)},
          {"type", added.type}};
}

/// What is to be signed, by the ledger as it is now.
Wanted wanted(store::Database& database, const NewOverride& added, Session& session) {
  const auto story = story_of(database, added.decision_id);
  require_change(story, oversight::overrides_of(database, added.decision_id), added);
  chain::Entry entry;
  entry.timestamp = std::max(session.now, last_entry_time(database));
  const bool lifts = added.approves && added.scope != OverrideScope::permanent_policy_change;
  if (lifts) require_liftable(story.decision, added.decision_id);
  decision::Exception exception{
      .override_id = oversight::new_override_id(database, added.decision_id, session.entropy),
      .relations = {},
      .expires_at = added.expires_at};
  std::optional<decision::ActiveSet> set;
  if (added.approves) {
    set = require_set(database);
    exception.relations = relations_of(database, story, *set, added);
    if (lifts && !exception.expires_at) {
      exception.expires_at = entry.timestamp + set->node.escalations.approval_life;
    }
  }
  entry.data = data_of(added, exception);
  if (const auto fault = authority::override_fault(entry)) refuse(*fault, {});
  if (lifts) require_approves(database, story, exception, *set, entry.timestamp);
  return {.event_type = "override.created",
          .data = std::move(entry.data),
          .sealed = Json{{"justification", added.justification}}};
}

/// What a token could still be used for ends with the denial.
std::vector<std::string> revoke_tokens_of(Act& act, const Node& node,
                                          const std::string& decision_id) {
  std::vector<std::string> out;
  for (const auto& row : registry::tokens_of(act.database(), decision_id)) {
    if (row.revoked_seq || row.record.expires_at <= act.at()) continue;
    act.append({.event_type = "token.revoked",
                .actor = node_actor(node),
                .data = {{"jti", row.record.jti},
                         {"reason", "override"},
                         {"token_hash", row.record.token_hash.hex()}},
                .sealed = std::nullopt});
    out.push_back(row.record.jti);
  }
  return out;
}

/// The same questions behind the lock: while somebody signed, others went on.
void require_still(Act& act, const NewOverride& added, const ledger::Draft& draft) {
  auto& database = act.database();
  const auto story = story_of(database, added.decision_id);
  const auto before = oversight::overrides_of(database, added.decision_id);
  require_change(story, before, added);
  require_next(story, draft, act);
  chain::Entry entry;
  entry.data = draft.data;
  const auto made = authority::parse_override(entry);
  const auto same_id = [&made](const auto& each) { return each.id() == made.id(); };
  if (std::any_of(before.begin(), before.end(), same_id)) {
    refuse("`" + made.id() + "` is on record already", made.id(), "sign another one");
  }
  if (!added.approves || added.scope == OverrideScope::permanent_policy_change) return;
  require_approves(database, story, made.exception, require_set(database), act.at());
}

}  // namespace

NewlyMade create_override(const Node& node, const NewOverride& added,
                          const std::optional<Signatory>& signatory, Session& session) {
  check_new(added);
  const auto prepared = [&] {
    auto database = open_ledger(node);
    const store::Transaction snapshot(database, store::Transaction::Kind::read);
    return wanted(database, added, session);
  }();
  auto draft = prepare(node, prepared, signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  require_still(act, added, draft);
  const auto id = draft.data.at("override_id").get<std::string>();
  act.append(std::move(draft));
  std::vector<std::string> revoked;
  if (!added.approves) revoked = revoke_tokens_of(act, node, added.decision_id);
  const auto at = act.at();
  (void)act.commit();
  return {show_override(node, id, at), std::move(revoked)};
}

void require_enactable(store::Database& database, const std::string& id) {
  const auto all = oversight::overrides(database);
  const auto* const made = all.find(id);
  const auto* const hint = "lexecon override list --scope permanent_policy_change shows them";
  if (made == nullptr) {
    throw Error(ErrorCode::not_found, "there is no override `" + id + "`", "--enacts", hint);
  }
  if (made->scope != OverrideScope::permanent_policy_change) {
    refuse("`" + id + "` is of scope " + std::string(authority::to_string(made->scope)) +
               ", and takes no activation",
           "--enacts", hint);
  }
  if (made->enacted_seq) {
    refuse("`" + id + "` is enacted already, by " + chain::entry_id(*made->enacted_seq), "--enacts",
           hint);
  }
  if (made->revoked_seq) {
    refuse("`" + id + "` was revoked by " + chain::entry_id(*made->revoked_seq), "--enacts", hint);
  }
}

}  // namespace lexecon::service
