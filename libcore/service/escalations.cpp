#include "service/escalations.hpp"

#include <algorithm>
#include <utility>

#include "authority/approval.hpp"
#include "base/error.hpp"
#include "base/ids.hpp"
#include "chain/entry.hpp"
#include "oversight/decisions.hpp"
#include "registry/evidence.hpp"
#include "registry/operators.hpp"
#include "service/decisions.hpp"
#include "service/tenants.hpp"

namespace lexecon::service {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr const char* how_to_find = "lexecon escalation list shows the escalations on record";

risk::Level level_of(const Json& decision) {
  const Json& risk = decision.at("risk");
  if (risk.is_null()) return risk::Level::unknown;
  return risk::level_from(risk.at("level").get_ref<const std::string&>())
      .value_or(risk::Level::unknown);
}

oversight::Escalation require_escalation(store::Database& database, const std::string& id) {
  auto escalation_id = id;
  if (id.starts_with("dec_")) {
    (void)require_decision(database, id);
    const auto opened = oversight::escalation_of(database, id);
    if (!opened) {
      throw Error(ErrorCode::not_found, "the decision `" + id + "` opened no escalation", {},
                  how_to_find);
    }
    escalation_id = opened->escalation_id;
  } else if (!id.starts_with("esc_dec_")) {
    throw Error(ErrorCode::bad_input,
                "expected the id of an escalation or of its decision, got `" + id + "`", {},
                how_to_find);
  }
  auto found = oversight::escalation_on_record(database, escalation_id);
  if (!found) unknown_id(id);
  return std::move(*found);
}

Json entry_json(const std::optional<std::uint64_t>& seq) {
  return seq ? Json(chain::entry_id(*seq)) : Json();
}

Timestamp not_before_last_entry(store::Database& database, Timestamp now) {
  return std::max(now, last_entry_time(database));
}

bool passes(const Case& subject, const EscalationFilter& filter, Timestamp now) {
  const auto& standing = subject.escalation.standing;
  const auto created_at = subject.escalation.opened.created_at;
  const Json& data = subject.decision.data;
  return (!filter.actor || data.at("actor") == *filter.actor) &&
         (!filter.tenant || data.at("tenant") == *filter.tenant) &&
         (!filter.state || standing.state == *filter.state) &&
         (!filter.priority || standing.priority == *filter.priority) &&
         (!filter.assigned_to || standing.assigned_to == filter.assigned_to) &&
         (!filter.from || created_at >= *filter.from) && (!filter.to || created_at < *filter.to) &&
         (!filter.overdue || subject.is_overdue(now));
}

/// Appends the entry if it may follow.
void append_step(Act& act, const Node& node, const Case& subject, const std::string& event_type,
                 const Json& more, std::vector<ledger::Appended>& appended) {
  Json data{{"decision_id", subject.escalation.opened.decision_id},
            {"escalation_id", subject.id()}};
  data.update(more);
  auto standing = subject.escalation.standing;
  if (const auto refused = authority::take(standing, oversight::step_of(event_type, data))) {
    throw Error(ErrorCode::bad_input, "the escalation `" + subject.id() + "` is " + *refused, {},
                "lexecon escalation show " + subject.id() + " says where it stands");
  }
  appended.push_back(act.append({.event_type = event_type,
                                 .actor = node_actor(node),
                                 .data = std::move(data),
                                 .sealed = std::nullopt}));
}

void require_fit(store::Database& database, const Case& subject, const std::string& name) {
  const auto operators = registry::operators(database);
  const auto* const as = operators.find(name);
  if (as == nullptr) {
    throw Error(ErrorCode::not_found, "no operator `" + name + "` is in force", "--assign",
                "lexecon operator list shows them");
  }
  if (const auto why = unfit_for(subject, operators, *as)) {
    throw Error(ErrorCode::not_permitted, *why, "--assign",
                "lexecon escalation show " + subject.id() + " says who may answer");
  }
}

using Step = std::pair<std::string, Json>;  // event type, and the data beyond the two ids

/// One step of one escalation, in a transaction of its own.
Json change(const Node& node, const std::string& id, Session& session,
            const std::function<Step(Act&, const Case&)>& choose) {
  Act act(node, session);
  CaseReader reader(act.database());
  const auto before = reader.find(id);
  const auto [event_type, more] = choose(act, before);
  std::vector<ledger::Appended> appended;
  record_breach(act, node, before, appended);
  append_step(act, node, before, event_type, more, appended);
  auto out = to_json(reader.find(before.id()), act.at());
  (void)act.commit();
  auto entries = Json::array();
  for (const auto& each : appended) {
    entries.push_back({{"event_type", each.entry.event_type},
                       {"seq", each.entry.seq},
                       {"ledger_entry_id", chain::entry_id(each.entry.seq)},
                       {"entry_hash", each.hash.hex()}});
  }
  return {{"schema", "lexecon.escalation_change/1"},
          {"escalation", std::move(out)},
          {"entries", std::move(entries)}};
}

std::vector<Case> open_cases(store::Database& database, CaseReader& reader) {
  std::vector<Case> out;
  for (auto& escalation : oversight::escalations_on_record(database)) {
    if (escalation.standing.is_open()) out.push_back(reader.read(std::move(escalation)));
  }
  return out;
}

bool wants_breach(const Case& subject, Timestamp now) {
  return subject.is_overdue(now) && !subject.escalation.standing.is_breached;
}

/// Every breach that is not on record; none, and no key is needed, where there is none.
std::vector<ledger::Appended> record_breaches(const Node& node, Session& session) {
  std::vector<ledger::Appended> appended;
  {
    auto database = open_ledger(node);
    const store::Transaction snapshot(database, store::Transaction::Kind::read);
    CaseReader reader(database);
    const auto now = not_before_last_entry(database, session.now);
    const auto cases = open_cases(database, reader);
    if (std::none_of(cases.begin(), cases.end(),
                     [&](const Case& each) { return wants_breach(each, now); })) {
      return appended;
    }
  }
  Act act(node, session);
  CaseReader reader(act.database());
  for (const auto& each : open_cases(act.database(), reader)) {
    record_breach(act, node, each, appended);
  }
  (void)act.commit();
  return appended;
}

}  // namespace

std::optional<authority::Role> Case::answerer() const {
  if (!escalation.standing.is_open()) return std::nullopt;
  return authority::answerer_of(path, escalation.standing.handed_up);
}

const decision::ActiveSet& CaseReader::set_of(const Decision& decision) {
  const Json& hash = decision.data.at("policy").at("hash");
  const auto key = hash.is_null() ? std::string() : hash.get<std::string>();
  const auto found = sets_.find(key);
  if (found != sets_.end()) return found->second;
  auto set = set_that_judged(database_, decision.data, *decision.seq);
  if (!set) {
    throw Error(ErrorCode::integrity, "a decision without a set is escalated",
                chain::entry_id(*decision.seq), "run lexecon ledger verify");
  }
  return sets_.emplace(key, std::move(*set)).first->second;
}

Case CaseReader::read(oversight::Escalation escalation) {
  Case out;
  const auto& opened = escalation.opened;
  const auto seq = oversight::find_decision(database_, opened.decision_id);
  if (!seq) registry::refuse_table("escalations", opened.seq);
  out.decision = read_decision(database_, *seq);
  out.set = &set_of(out.decision);
  const Json& data = out.decision.data;
  out.path = authority::path_of(*out.set, data.at("action").get_ref<const std::string&>(),
                                level_of(data), out.decision.at);
  out.due_at =
      authority::due_at(out.set->node.escalations, escalation.standing.priority, opened.created_at);
  out.escalation = std::move(escalation);
  return out;
}

Case CaseReader::find(const std::string& id) { return read(require_escalation(database_, id)); }

std::optional<std::string> unfit_for(const Case& subject, const authority::Operators& operators,
                                     const authority::Operator& as) {
  const auto least = subject.answerer();
  if (!least) return "nobody answers this escalation any more";
  if (as.role < *least) {
    return "`" + as.id + "` is " + std::string(to_string(as.role)) + ", and it takes " +
           std::string(to_string(*least));
  }
  const Json& data = subject.decision.data;
  const auto& actor = data.at("actor").get_ref<const std::string&>();
  const bool is_own =
      authority::is_own(as, actor, data.at("owners").get<std::vector<std::string>>());
  if (is_own && !operators.one_suffices()) {
    return "`" + as.id + "` speaks for `" + actor + "` or its owner";
  }
  return std::nullopt;
}

void each_escalation(const Node& node, const EscalationFilter& filter, Timestamp now,
                     const std::function<void(const Json&)>& visit) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  now = not_before_last_entry(database, now);
  CaseReader reader(database);
  auto found = oversight::escalations_on_record(database);
  if (filter.reverse) std::reverse(found.begin(), found.end());
  std::uint64_t left = filter.limit.value_or(found.size());
  for (auto& escalation : found) {
    if (left == 0) break;
    const auto subject = reader.read(std::move(escalation));
    if (!passes(subject, filter, now)) continue;
    visit(to_json(subject, now));
    --left;
  }
}

Json acknowledge_escalation(const Node& node, const std::string& id,
                            const std::optional<std::string>& assignee, Session& session) {
  return change(node, id, session, [&](Act& act, const Case& subject) -> Step {
    if (!assignee) return {"escalation.acknowledged", Json::object()};
    if (subject.escalation.standing.is_open()) require_fit(act.database(), subject, *assignee);
    return {"escalation.assigned", {{"operator", *assignee}}};
  });
}

Json raise_escalation(const Node& node, const std::string& id, decision::Priority priority,
                      Session& session) {
  return change(node, id, session, [&](Act&, const Case&) -> Step {
    return {"escalation.raised", {{"priority", decision::to_string(priority)}}};
  });
}

void record_breach(Act& act, const Node& node, const Case& subject,
                   std::vector<ledger::Appended>& appended) {
  if (!wants_breach(subject, act.at())) return;
  append_step(act, node, subject, "escalation.breached", Json::object(), appended);
}

Json escalation_sla(const Node& node, bool record, Session& session) {
  std::vector<ledger::Appended> recorded;
  if (record) recorded = record_breaches(node, session);
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  CaseReader reader(database);
  const auto now = not_before_last_entry(database, session.now);
  auto cases = open_cases(database, reader);
  std::stable_sort(cases.begin(), cases.end(),
                   [](const Case& a, const Case& b) { return a.due_at < b.due_at; });
  auto list = Json::array();
  std::uint64_t overdue = 0;
  for (const auto& each : cases) {
    list.push_back(to_json(each, now));
    if (each.is_overdue(now)) ++overdue;
  }
  return {{"schema", "lexecon.escalation_sla/1"},
          {"at", to_text(now)},
          {"open", cases.size()},
          {"overdue", overdue},
          {"recorded", recorded.size()},
          {"escalations", std::move(list)}};
}

Json to_json(const Case& subject, Timestamp now) {
  const auto& [opened, standing, breached_seq, resolved_seq, expires_at] = subject.escalation;
  const Json& data = subject.decision.data;
  Json out{{"schema", "lexecon.escalation/1"},
           {"escalation_id", opened.escalation_id},
           {"state", to_string(standing.state)},
           {"priority", to_string(standing.priority)},
           {"reasons", opened.reasons},
           {"created_at", to_text(opened.created_at)},
           {"due_at", to_text(subject.due_at)},
           {"overdue", subject.is_overdue(now)},
           {"seconds_left", nullptr},
           {"breached_entry_id", entry_json(breached_seq)},
           {"assigned_to", standing.assigned_to ? Json(*standing.assigned_to) : Json()},
           {"handed_up", standing.handed_up},
           {"answer_takes", nullptr},
           {"resolution", standing.outcome ? Json(*standing.outcome) : Json()},
           {"expires_at", expires_at ? Json(*expires_at) : Json()},
           {"resolved_entry_id", entry_json(resolved_seq)},
           {"risk_level", risk::to_string(level_of(data))},
           {"seq", opened.seq},
           {"ledger_entry_id", chain::entry_id(opened.seq)}};
  for (const auto* member : {"decision_id", "actor", "action", "resource", "tenant"}) {
    out[member] = data.at(member);
  }
  if (standing.is_open()) {
    out["seconds_left"] = (subject.due_at.micros - now.micros) / micros_per_second;
  }
  if (const auto role = subject.answerer()) out["answer_takes"] = to_string(*role);
  return out;
}

}  // namespace lexecon::service
