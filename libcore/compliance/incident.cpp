#include "compliance/incident.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "json/json.hpp"

namespace lexecon::compliance {
namespace {

using Fault = std::optional<std::string>;

struct Limit {
  std::string_view severity;
  std::string_view provision;
  std::int32_t days;
};
constexpr std::array limits{
    Limit{"death", "Art. 73(4)", 10},         Limit{"fundamental_rights", "Art. 73(2)", 15},
    Limit{"infrastructure", "Art. 73(3)", 2}, Limit{"property_or_environment", "Art. 73(2)", 15},
    Limit{"serious_harm", "Art. 73(2)", 15},  Limit{"widespread", "Art. 73(3)", 2},
};
constexpr std::int64_t day_micros = std::int64_t{24 * 3600} * 1'000'000;

Timestamp time_in(const Json& data, const char* name) {
  const auto at = entry_time(data.at(name).get_ref<const std::string&>());
  if (!at) throw Error(ErrorCode::internal, "a time that is none, behind the shapes");
  return *at;
}

Fault not_to_come(const chain::Entry& entry, const char* name) {
  if (time_in(entry.data, name) <= entry.timestamp) return std::nullopt;
  return std::string(name) + " is after the entry that says so";
}

/// What it says, but for what an incident has from its other entries.
void put_facts(Incident& incident, const chain::Entry& entry) {
  const Json& data = entry.data;
  incident.seq = entry.seq;
  incident.severity = data.at("severity").get<std::string>();
  incident.occurred_at = time_in(data, "occurred_at");
  incident.aware_at = time_in(data, "aware_at");
  incident.decisions = data.at("decisions").get<std::vector<std::string>>();
  incident.link_established_at.reset();
  incident.system.reset();
  if (!data.at("link_established_at").is_null()) {
    incident.link_established_at = time_in(data, "link_established_at");
  }
  if (!data.at("system").is_null()) incident.system = data.at("system").get<std::string>();
}

Fault facts_fault(const chain::Entry& entry) {
  if (auto fault = not_to_come(entry, "aware_at")) return fault;
  if (entry.data.at("link_established_at").is_null()) return std::nullopt;
  return not_to_come(entry, "link_established_at");
}

Fault update(Incident& incident, const chain::Entry& entry) {
  if (auto fault = facts_fault(entry)) return fault;
  put_facts(incident, entry);
  incident.closed_at.reset();
  incident.closed_for.reset();
  return std::nullopt;
}

Fault report(Incident& incident, const chain::Entry& entry) {
  const Json& data = entry.data;
  if (auto fault = not_to_come(entry, "reported_at")) return fault;
  IncidentReport out{.seq = entry.seq,
                     .at = entry.timestamp,
                     .reported_at = time_in(data, "reported_at"),
                     .to = data.at("to").get<std::string>(),
                     .sort = data.at("report").get<std::string>(),
                     .evidence_id = std::nullopt};
  if (out.reported_at < incident.occurred_at) return "reported_at is before it occurred";
  if (!data.at("evidence_id").is_null()) {
    out.evidence_id = data.at("evidence_id").get<std::string>();
  }
  incident.reports.push_back(std::move(out));
  return std::nullopt;
}

Fault close(Incident& incident, const chain::Entry& entry) {
  if (incident.closed_at) return "`" + incident.id + "` was closed before";
  incident.closed_at = entry.timestamp;
  incident.closed_for = entry.data.at("reason").get<std::string>();
  return std::nullopt;
}

Fault follow(Incident& incident, const chain::Entry& entry) {
  if (entry.event_type == "incident.updated") return update(incident, entry);
  if (entry.event_type == "incident.reported") return report(incident, entry);
  return close(incident, entry);
}

bool is_of_incidents(std::string_view type) {
  return type == "incident.recorded" || type == "incident.updated" || type == "incident.reported" ||
         type == "incident.closed";
}

}  // namespace

const IncidentReport* first_report(const Incident& incident, std::string_view to) {
  const IncidentReport* first = nullptr;
  for (const auto& each : incident.reports) {
    if (each.to != to) continue;
    if (first == nullptr || each.reported_at < first->reported_at) first = &each;
  }
  return first;
}

std::optional<Clock> clock_of(const Incident& incident, Timestamp now) {
  const auto* const limit = std::find_if(limits.begin(), limits.end(), [&](const Limit& each) {
    return each.severity == incident.severity;
  });
  if (limit == limits.end()) return std::nullopt;
  Clock clock{.provision = std::string(limit->provision),
              .days = limit->days,
              .due = incident.aware_at + Span{.months = 0, .micros = limit->days * day_micros},
              .met_at = std::nullopt};
  if (const auto* const told = first_report(incident, "authority"))
    clock.met_at = told->reported_at;
  clock.is_late = clock.met_at.value_or(now) > clock.due;
  return clock;
}

std::optional<std::string> Incidents::take(const chain::Entry& entry, const Hash& hash) {
  if (!is_of_incidents(entry.event_type)) return std::nullopt;
  const auto id = entry.data.at("incident_id").get<std::string>();
  const auto found = std::find_if(incidents_.begin(), incidents_.end(),
                                  [&](const Incident& incident) { return incident.id == id; });
  if (entry.event_type == "incident.recorded") {
    if (found != incidents_.end()) return "the incident `" + id + "` is recorded a second time";
    if (auto fault = facts_fault(entry)) return fault;
    auto& incident = incidents_.emplace_back();
    put_facts(incident, entry);
    incident.id = id;
    incident.first_seq = entry.seq;
    incident.first_hash = hash;
    incident.first_aware_at = incident.aware_at;
    incident.entries = {entry.seq};
    return std::nullopt;
  }
  if (found == incidents_.end()) return "the incident `" + id + "` was never recorded";
  if (auto fault = follow(*found, entry)) return fault;
  found->entries.push_back(entry.seq);
  return std::nullopt;
}

const Incident* Incidents::find(std::string_view id) const {
  const auto found = std::find_if(incidents_.begin(), incidents_.end(),
                                  [&](const Incident& incident) { return incident.id == id; });
  return found == incidents_.end() ? nullptr : &*found;
}

}  // namespace lexecon::compliance
