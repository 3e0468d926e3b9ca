#include "service/incidents.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "ledger/reader.hpp"
#include "oversight/evidence.hpp"
#include "oversight/incidents.hpp"
#include "service/decisions.hpp"
#include "service/tenants.hpp"

namespace lexecon::service {
namespace {

using compliance::Incident;
using compliance::Incidents;

const Incident& require_incident(const Incidents& all, const std::string& id) {
  if (const auto* const found = all.find(id)) return *found;
  throw Error(ErrorCode::not_found, "there is no incident `" + id + "`", {},
              "lexecon incident list shows them");
}

Json time_or_null(const std::optional<Timestamp>& at) { return at ? Json(to_text(*at)) : Json(); }

Json facts_data(const Incident& incident) {
  return {{"aware_at", to_text(incident.aware_at)},
          {"decisions", incident.decisions},
          {"incident_id", incident.id},
          {"link_established_at", time_or_null(incident.link_established_at)},
          {"occurred_at", to_text(incident.occurred_at)},
          {"severity", incident.severity},
          {"system", incident.system ? Json(*incident.system) : Json()}};
}

void put(Incident& incident, const IncidentFacts& facts) {
  if (facts.severity) incident.severity = *facts.severity;
  if (facts.occurred_at) incident.occurred_at = *facts.occurred_at;
  if (facts.aware_at) incident.aware_at = *facts.aware_at;
  if (facts.link_established_at) incident.link_established_at = facts.link_established_at;
  if (facts.system) incident.system = facts.system;
  auto& ids = incident.decisions;
  ids.insert(ids.end(), facts.decisions.begin(), facts.decisions.end());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

std::optional<Json> sealed_of(const IncidentFacts& facts) {
  Json out = Json::object();
  if (facts.title) out.update(sealed_text("title", *facts.title));
  if (facts.description) out.update(sealed_text("description", *facts.description));
  return out.empty() ? std::nullopt : std::optional(std::move(out));
}

/// By the rules that verifiers have.
void require_sound(store::Database& database, const chain::Entry& entry) {
  static_cast<void>(chain::check_entry(entry));
  const Json& data = entry.data;
  for (const auto& id : data.value("decisions", Json::array())) {
    static_cast<void>(require_decision(database, id.get<std::string>()));
  }
  const auto evidence = data.find("evidence_id");
  if (evidence != data.end() && evidence->is_string()) {
    const auto id = evidence->get<std::string>();
    if (!oversight::find_evidence(database, id)) unknown_id(id);
  }
  auto all = oversight::incidents(database);
  if (entry.event_type != "incident.recorded") {
    static_cast<void>(require_incident(all, data.at("incident_id").get<std::string>()));
  }
  if (auto fault = all.take(entry)) throw Error(ErrorCode::bad_input, *std::move(fault));
}

// Before a person is asked to sign.
void require_sound_now(const Node& node, const Wanted& wanted, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const ledger::Draft draft{.event_type = wanted.event_type,
                            .actor = node_actor(node),
                            .data = wanted.data,
                            .sealed = std::nullopt,
                            .sealed_bytes = std::nullopt};
  const auto at = std::max(now, last_entry_time(database));
  require_sound(database, entry_of(draft, node.origin, ledger::size(database), at));
}

Json record(const Node& node, Wanted wanted, const std::optional<Signatory>& signatory,
            Session& session) {
  require_sound_now(node, wanted, session.now);
  const auto id = wanted.data.at("incident_id").get<std::string>();
  auto draft = prepare(node, std::move(wanted), signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  require_sound(act.database(), entry_of(draft, act.origin(), act.size(), act.at()));
  static_cast<void>(act.append(std::move(draft)));
  auto document = incident_document(
      act.database(), require_incident(oversight::incidents(act.database()), id), act.at());
  static_cast<void>(act.commit());
  return document;
}

Incident read_incident(const Node& node, const std::string& id) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  return require_incident(oversight::incidents(database), id);
}

bool passes(const Incident& incident, const IncidentFilter& filter, Timestamp now) {
  if (filter.open && incident.closed_at) return false;
  if (filter.system && incident.system != filter.system) return false;
  if (filter.from && incident.aware_at < *filter.from) return false;
  if (filter.to && incident.aware_at >= *filter.to) return false;
  if (!filter.due_within) return true;
  const auto clock = compliance::clock_of(incident, now);
  return clock && !incident.closed_at && !clock->met_at && clock->due < now + *filter.due_within;
}

}  // namespace

Json record_incident(const Node& node, const IncidentFacts& facts,
                     const std::optional<Signatory>& signatory, Session& session) {
  if (!facts.severity || !facts.occurred_at || !facts.aware_at || !facts.title) {
    throw Error(ErrorCode::internal, "an incident without its severity, times or title");
  }
  Incident incident;
  incident.id = "inc_" + session.ulids.next(session.now, session.entropy);
  put(incident, facts);
  return record(
      node,
      {.event_type = "incident.recorded", .data = facts_data(incident), .sealed = sealed_of(facts)},
      signatory, session);
}

Json update_incident(const Node& node, const std::string& id, const IncidentFacts& facts,
                     const std::optional<Signatory>& signatory, Session& session) {
  auto incident = read_incident(node, id);
  put(incident, facts);
  return record(
      node,
      {.event_type = "incident.updated", .data = facts_data(incident), .sealed = sealed_of(facts)},
      signatory, session);
}

Json report_incident(const Node& node, const std::string& id, const NewIncidentReport& report,
                     const std::optional<Signatory>& signatory, Session& session) {
  return record(node,
                {.event_type = "incident.reported",
                 .data = {{"evidence_id", report.evidence_id ? Json(*report.evidence_id) : Json()},
                          {"incident_id", id},
                          {"report", report.sort},
                          {"reported_at", to_text(report.reported_at)},
                          {"to", report.to}}},
                signatory, session);
}

Json close_incident(const Node& node, const std::string& id, const std::string& reason,
                    const std::optional<Signatory>& signatory, Session& session) {
  return record(
      node, {.event_type = "incident.closed", .data = {{"incident_id", id}, {"reason", reason}}},
      signatory, session);
}

Json show_incident(const Node& node, const std::string& id, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  return incident_document(database, require_incident(oversight::incidents(database), id),
                           std::max(now, last_entry_time(database)));
}

IncidentList list_incidents(const Node& node, const IncidentFilter& filter, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto at = std::max(now, last_entry_time(database));
  const auto known = oversight::incidents(database);
  std::vector<const Incident*> all;
  for (const auto& incident : known.all()) all.push_back(&incident);
  if (filter.reverse) std::reverse(all.begin(), all.end());
  IncidentList out;
  for (const auto* const incident : all) {
    if (!passes(*incident, filter, at)) continue;
    const auto clock = compliance::clock_of(*incident, at);
    out.overdue =
        out.overdue || (clock && clock->is_late && !clock->met_at && !incident->closed_at);
    if (filter.limit && out.incidents.size() >= *filter.limit) continue;
    out.incidents.push_back(incident_document(database, *incident, at));
  }
  return out;
}

}  // namespace lexecon::service
