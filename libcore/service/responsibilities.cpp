#include "service/responsibilities.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "oversight/responsibilities.hpp"
#include "registry/operators.hpp"
#include "service/decisions.hpp"
#include "service/story.hpp"
#include "service/tenants.hpp"

namespace lexecon::service {
namespace {

using authority::Assignment;
using oversight::Responsibility;

constexpr std::size_t max_reasoning_bytes = 65'536;

void require_reasoning(const std::optional<std::string>& reasoning) {
  if (!reasoning) return;
  if (!reasoning->empty() && reasoning->size() <= max_reasoning_bytes &&
      find_bad_utf8(*reasoning) == std::string_view::npos) {
    return;
  }
  throw Error(ErrorCode::bad_input, "expected a reasoning of 1 to " +
                                        std::to_string(max_reasoning_bytes) + " bytes of UTF-8");
}

void require_sound(store::Database& database, const Assignment& assignment, Timestamp at) {
  (void)require_decision(database, assignment.decision_id);
  const auto operators = registry::operators(database);
  if (auto fault = authority::assignment_fault(assignment, at, operators)) {
    throw Error(ErrorCode::bad_input, *std::move(fault));
  }
}

// Before a person is asked to sign.
void require_sound_now(const Node& node, const Assignment& assignment, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  require_sound(database, assignment, now);
}

/// A clock that went back makes nothing undue.
Timestamp time_of_reading(store::Database& database, Timestamp now) {
  return std::max(now, last_entry_time(database));
}

bool is_overdue(const Assignment& assignment, Timestamp now) {
  return assignment.review_due && *assignment.review_due <= now;
}

Json to_json(store::Database& database, const Responsibility& each, bool in_force, Timestamp now) {
  const auto reasoning = oversight::reasoning_of(database, each.entry);
  auto document = authority::to_data(each.assignment);
  document["schema"] = "lexecon.assignment/1";
  document["reasoning"] = reasoning.text ? Json(*reasoning.text) : Json();
  document["reasoning_erased"] = reasoning.erased;
  document["in_force"] = in_force;
  document["overdue"] = in_force && is_overdue(each.assignment, now);
  document["signed_by"] = each.assignment.signed_by ? Json(*each.assignment.signed_by) : Json();
  document["approval"] = approval_of(each.entry);
  document["actor"] = each.entry.actor;
  document["timestamp"] = to_text(each.entry.timestamp);
  document["seq"] = each.entry.seq;
  document["ledger_entry_id"] = chain::entry_id(each.entry.seq);
  return document;
}

std::vector<Responsibility> all_of(store::Database& database,
                                   std::optional<std::string_view> decision_id) {
  std::vector<Responsibility> out;
  oversight::each_responsibility(database, decision_id,
                                 [&](Responsibility each) { out.push_back(std::move(each)); });
  return out;
}

/// The seq of the newest assignment of each decision.
std::map<std::string, std::uint64_t> in_force(const std::vector<Responsibility>& all) {
  std::map<std::string, std::uint64_t> newest;
  for (const auto& each : all) newest[each.assignment.decision_id] = each.entry.seq;
  return newest;
}

bool passes(const Responsibility& each, const ResponsibilityFilter& filter) {
  const auto is = [](const std::string& text, const std::optional<std::string>& wanted) {
    return !wanted || text == *wanted;
  };
  const auto& assignment = each.assignment;
  const auto at = each.entry.timestamp;
  return is(assignment.responsible, filter.responsible) && is(assignment.maker, filter.maker) &&
         is(assignment.level, filter.level) && (!filter.from || at >= *filter.from) &&
         (!filter.to || at < *filter.to);
}

}  // namespace

Json assign_responsibility(const Node& node, Assignment assignment,
                           const std::optional<std::string>& reasoning,
                           const std::optional<Signatory>& signatory, Session& session) {
  require_reasoning(reasoning);
  assignment.id = "rsp_" + session.ulids.next(session.now, session.entropy);
  if (signatory) assignment.signed_by = signatory->operator_id;
  require_sound_now(node, assignment, session.now);
  Wanted wanted{.event_type = "responsibility.assigned", .data = authority::to_data(assignment)};
  if (reasoning) wanted.sealed = oversight::sealed_reasoning(*reasoning);
  auto draft = prepare(node, std::move(wanted), signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  require_sound(act.database(), assignment, act.at());
  require_next(story_of(act.database(), assignment.decision_id), draft, act);
  auto entry = act.append(std::move(draft)).entry;
  auto document =
      to_json(act.database(), {std::move(assignment), std::move(entry)}, true, act.at());
  (void)act.commit();
  return document;
}

Json show_responsibility(const Node& node, const std::string& decision_id, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto decision = read_decision(database, require_decision(database, decision_id));
  const auto all = all_of(database, decision_id);
  const auto at = time_of_reading(database, now);
  auto assignments = Json::array();
  for (const auto& each : all) {
    assignments.push_back(to_json(database, each, &each == &all.back(), at));
  }
  return {{"schema", "lexecon.responsibility/1"},
          {"decision_id", decision_id},
          {"decision_entry_id", chain::entry_id(decision.seq.value())},
          {"actor", decision.data.at("actor")},
          {"recorded", decision.data.at("responsibility")},
          {"assignments", std::move(assignments)}};
}

ResponsibilityList list_responsibilities(const Node& node, const ResponsibilityFilter& filter,
                                         Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  if (filter.decision_id) (void)require_decision(database, *filter.decision_id);
  auto all = all_of(database, filter.decision_id);
  const auto newest = in_force(all);
  const auto at = time_of_reading(database, now);
  const bool only_due = filter.due_within.has_value();
  const Timestamp due_by = only_due ? at + *filter.due_within : at;
  if (filter.reverse) std::reverse(all.begin(), all.end());
  ResponsibilityList out;
  for (const auto& each : all) {
    const bool holds = newest.at(each.assignment.decision_id) == each.entry.seq;
    if (!passes(each, filter)) continue;
    const auto& tenant = filter.tenant;
    if (tenant && !is_of_tenant(database, each.assignment.decision_id, *tenant)) continue;
    if (only_due && !(holds && is_overdue(each.assignment, due_by))) continue;
    out.overdue = out.overdue || (holds && is_overdue(each.assignment, at));
    if (filter.limit && out.assignments.size() >= *filter.limit) continue;
    out.assignments.push_back(to_json(database, each, holds, at));
  }
  return out;
}

}  // namespace lexecon::service
