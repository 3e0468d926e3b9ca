// Incidents: recorded, followed up, shown with the clock of their severity, listed.
//
// Shapes   every answer is lexecon.incident/1: what the incident is by its newest entry, its clock, whom it was
//          reported to, and each of its entries
// Errors   those of service/approval; Error{bad_input} for what cannot be, Error{not_found} for an unknown
//          incident, decision or evidence; nothing is recorded then
// Source   lexecon-incident-record(1), lexecon-incident-show(1), lexecon-ledger(5), Incidents
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compliance/incident.hpp"
#include "json/json.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

/// Of an update, what is not given stays as it was, and decisions are added.
struct IncidentFacts {
  std::optional<std::string> severity;
  std::optional<Timestamp> occurred_at;
  std::optional<Timestamp> aware_at;
  std::optional<Timestamp> link_established_at;
  std::optional<std::string> system;
  std::vector<std::string> decisions;
  std::optional<std::string> title;        // sealed
  std::optional<std::string> description;  // sealed
};
/// Under an id of its own. Needs the severity, both times and a title.
[[nodiscard]] Json record_incident(const Node& node, const IncidentFacts& facts,
                                   const std::optional<Signatory>& signatory, Session& session);
[[nodiscard]] Json update_incident(const Node& node, const std::string& id,
                                   const IncidentFacts& facts,
                                   const std::optional<Signatory>& signatory, Session& session);

struct NewIncidentReport {
  std::string to;
  std::string sort;  // initial, complete, update
  Timestamp reported_at;
  std::optional<std::string> evidence_id;
};
[[nodiscard]] Json report_incident(const Node& node, const std::string& id,
                                   const NewIncidentReport& report,
                                   const std::optional<Signatory>& signatory, Session& session);
[[nodiscard]] Json close_incident(const Node& node, const std::string& id,
                                  const std::string& reason,
                                  const std::optional<Signatory>& signatory, Session& session);

[[nodiscard]] Json show_incident(const Node& node, const std::string& id, Timestamp now);

struct IncidentFilter {
  bool open = false;
  std::optional<std::string> system = {};
  std::optional<Span> due_within = {};  // only where an authority has to be told until then
  std::optional<Timestamp> from = {};   // of awareness, inclusive
  std::optional<Timestamp> to = {};     // exclusive
  std::optional<std::uint64_t> limit = {};
  bool reverse = false;
};
struct IncidentList {
  std::vector<Json> incidents;  // oldest first unless reverse
  bool overdue = false;         // one that passes is, beyond the limit too
};
[[nodiscard]] IncidentList list_incidents(const Node& node, const IncidentFilter& filter,
                                          Timestamp now);

/// lexecon.incident/1
[[nodiscard]] Json incident_document(store::Database& database,
                                     const compliance::Incident& incident, Timestamp now);

}  // namespace lexecon::service
