#include "service/oversight_acts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "authority/approval.hpp"
#include "chain/event.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"
#include "oversight/escalations.hpp"
#include "registry/operators.hpp"
#include "registry/registrations.hpp"
#include "service/decisions.hpp"

namespace lexecon::service {
namespace {

std::string text(const Json& data, const char* name) { return data.at(name).get<std::string>(); }

std::string stop_detail(const Json& data) {
  return text(data, "scope") + (data.at("target").is_null() ? "" : " " + text(data, "target")) +
         ", " + text(data, "reason");
}

/// Kind and detail.
using Told = std::pair<std::string, std::string>;
Told tell(const chain::Entry& entry) {
  const std::string_view type = entry.event_type;
  const Json& data = entry.data;
  if (type == "escalation.resolved") return {text(data, "outcome"), text(data, "escalation_id")};
  if (type == "decision.confirmed") return {"confirmed", text(data, "requirement")};
  if (type == "override.created") {
    return {"overridden",
            text(data, "type") + ", " + text(data, "scope") + ", " + text(data, "new_outcome")};
  }
  if (type == "oversight.intervened") {
    return {"intervened", text(data, "type") + ", as " + text(data, "role")};
  }
  if (type == "oversight.stopped") return {"stopped", stop_detail(data)};
  if (type == "oversight.resumed") {
    return {"resumed", text(data, "stop_id") + ", " + text(data, "reason")};
  }
  if (const auto registry = authority::registry_kind_of(type)) {
    const auto kind = std::string(authority::to_string(*registry));
    return {"versioned", std::string(type) + ", " + text(data, kind.c_str())};
  }
  if (type == "export.approved") {
    return {"released", chain::entry_id(data.at("request").get<std::uint64_t>())};
  }
  return {"refused", text(data, "event_type") + ", " + text(data, "reason")};
}

/// Of a package that the same person asked for.
bool releases_own(store::Database& database, const chain::Entry& entry) {
  if (entry.event_type != "export.approved") return false;
  const auto request = ledger::read_entry(database, entry.data.at("request").get<std::uint64_t>());
  return request && request->entry.actor == entry.actor;
}

bool is_lone(store::Database& database, const authority::Operators& operators,
             const authority::Registrations& registrations, const chain::Entry& entry) {
  if (authority::approves_own(entry, registrations) || releases_own(database, entry)) return true;
  if (!authority::takes_four_eyes(entry.event_type)) return false;
  const auto seq = require_decision(database, text(entry.data, "decision_id"));
  const auto decision = read_decision(database, seq);
  return authority::is_lone(entry, operators, text(decision.data, "actor"),
                            decision.data.at("owners").get<std::vector<std::string>>());
}

HumanAct act_of(const chain::Entry& entry) {
  auto [kind, detail] = tell(entry);
  HumanAct act{.kind = std::move(kind),
               .seq = entry.seq,
               .at = entry.timestamp,
               .actor = entry.actor,
               .decision_id = std::nullopt,
               .detail = std::move(detail)};
  // The node records a refusal; it was an operator who was refused.
  if (act.kind == "refused") act.actor = "operator:" + text(entry.data, "operator");
  const auto id = entry.data.find("decision_id");
  if (id != entry.data.end() && id->is_string()) act.decision_id = id->get<std::string>();
  return act;
}

ledger::EntryFilter filter_of(const char* event_type, const Period& period) {
  ledger::EntryFilter filter;
  filter.event_type = event_type;
  filter.from = period.from;
  filter.to = period.to;
  return filter;
}

void follow(Waiting& waiting, authority::EscalationStanding& standing, const chain::Entry& entry) {
  const auto fault = authority::take(standing, oversight::step_of(entry.event_type, entry.data));
  if (fault) return;  // for the verifier to say
  waiting.is_open = standing.is_open();
  const Waiting::Answer here{entry.seq, entry.timestamp};
  if (entry.event_type == "escalation.breached") waiting.breach = here;
  if (entry.event_type == "escalation.resolved" && !waiting.first_answer) {
    waiting.first_answer = here;
  }
}

}  // namespace

const std::vector<std::string>& act_kinds() {
  static const std::vector<std::string> kinds{
      "approved",   "denied",  "deferred", "escalated_up", "confirmed", "overridden",
      "intervened", "stopped", "resumed",  "versioned",    "released",  "refused"};
  return kinds;
}

std::vector<HumanAct> acts_of_people(store::Database& database, const Period& period) {
  const auto operators = registry::operators(database);
  const auto registrations = registry::registrations(database);
  std::vector<HumanAct> acts;
  for (const auto* type :
       {"escalation.resolved", "decision.confirmed", "override.created", "oversight.intervened",
        "oversight.stopped", "oversight.resumed", "model.approved", "model.rejected",
        "model.retired", "prompt.approved", "prompt.rejected", "prompt.retired", "export.approved",
        "approval.refused"}) {
    ledger::each_entry(database, filter_of(type, period), [&](const ledger::StoredEntry& stored) {
      const auto& entry = stored.entry;
      if (chain::is_signed_by_operator(entry.event_type) && !entry.data.contains("approval")) {
        return;
      }
      acts.push_back(act_of(entry));
      acts.back().is_lone = is_lone(database, operators, registrations, entry);
    });
  }
  std::sort(acts.begin(), acts.end(),
            [](const HumanAct& a, const HumanAct& b) { return a.seq < b.seq; });
  return acts;
}

std::vector<Waiting> waits(store::Database& database, const Period& period) {
  std::vector<Waiting> out;
  std::vector<authority::EscalationStanding> standings;
  std::map<std::string, std::size_t> places;
  auto query = database.prepare(
      "SELECT seq FROM entries WHERE event_type >= 'escalation.' AND event_type < 'escalation/' "
      "ORDER BY seq");
  while (query.step()) {
    const auto stored = ledger::read_entry(database, static_cast<std::uint64_t>(query.integer(0)));
    if (!stored || (period.to && stored->entry.timestamp >= *period.to)) continue;
    const auto& entry = stored->entry;
    const auto id = text(entry.data, "escalation_id");
    if (entry.event_type == "escalation.created") {
      const auto priority = decision::priority_from(text(entry.data, "priority"));
      places.emplace(id, out.size());
      out.push_back({.seq = entry.seq,
                     .priority = priority.value_or(decision::Priority::medium),
                     .since = entry.timestamp});
      standings.emplace_back();
      standings.back().priority = out.back().priority;
    } else if (const auto place = places.find(id); place != places.end()) {
      follow(out[place->second], standings[place->second], entry);
    }
  }
  return out;
}

}  // namespace lexecon::service
