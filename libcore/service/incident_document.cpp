#include <algorithm>

#include "base/error.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"
#include "oversight/incidents.hpp"
#include "retention/holds.hpp"
#include "service/incidents.hpp"

namespace lexecon::service {
namespace {

using compliance::Incident;

Json time_or_null(const std::optional<Timestamp>& at) { return at ? Json(to_text(*at)) : Json(); }

Json text_or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Json clock_json(const Incident& incident, Timestamp now) {
  const auto clock = compliance::clock_of(incident, now);
  if (!clock) return nullptr;
  return {{"provision", clock->provision},
          {"days", clock->days},
          {"due", to_text(clock->due)},
          {"met_at", time_or_null(clock->met_at)},
          {"late", clock->is_late},
          {"overdue", !incident.closed_at && !clock->met_at && clock->is_late}};
}

Json told_json(const Incident& incident) {
  Json out = Json::object();
  for (const auto* to :
       {"affected_person", "authority", "distributor", "importer", "other", "provider"}) {
    const auto* const first = compliance::first_report(incident, to);
    out[to] = first == nullptr ? Json() : Json(to_text(first->reported_at));
  }
  return out;
}

Json reports_json(const Incident& incident) {
  auto out = Json::array();
  for (const auto& each : incident.reports) {
    out.push_back({{"to", each.to},
                   {"report", each.sort},
                   {"reported_at", to_text(each.reported_at)},
                   {"evidence_id", text_or_null(each.evidence_id)},
                   {"ledger_entry_id", chain::entry_id(each.seq)}});
  }
  return out;
}

Json entries_json(store::Database& database, const Incident& incident) {
  auto out = Json::array();
  for (const auto seq : incident.entries) {
    const auto stored = ledger::read_entry(database, seq);
    if (!stored) throw Error(ErrorCode::integrity, "an entry is missing", chain::entry_id(seq));
    const auto& entry = stored->entry;
    out.push_back({{"ledger_entry_id", chain::entry_id(seq)},
                   {"event_type", entry.event_type},
                   {"timestamp", to_text(entry.timestamp)},
                   {"actor", entry.actor},
                   {"approval", approval_of(entry)}});
  }
  return out;
}

bool is_held(store::Database& database, const authority::Custody& custody,
             const Incident& incident) {
  if (const auto* const own = custody.find(incident.id)) return !own->released_seq;
  return !incident.decisions.empty() &&
         std::all_of(incident.decisions.begin(), incident.decisions.end(), [&](const auto& id) {
           const auto seq = oversight::find_decision(database, id);
           return seq && custody.hold_on(*seq) != nullptr;
         });
}

/// What keeps the records of a serious incident, Art. 73(6); null where nothing has to, or something does.
Json suggested_hold(store::Database& database, const Incident& incident, const Json& clock) {
  if (clock.is_null() || incident.closed_at) return nullptr;
  const auto custody = retention::custody(database);
  if (is_held(database, custody, incident)) return nullptr;
  std::string out = "lexecon hold place";
  for (const auto& id : incident.decisions) out += " " + id;
  if (incident.decisions.empty()) out += " --from " + to_text(incident.occurred_at);
  // A hold that was released keeps its name for ever.
  const auto* const released = custody.find(incident.id);
  out += " --id " + incident.id + (released == nullptr ? "" : "-2");
  return out + " --reason 'Art. 73(6)' --as NAME --sign-with FILE";
}

}  // namespace

Json incident_document(store::Database& database, const Incident& incident, Timestamp now) {
  const auto text = oversight::text_of(database, incident);
  auto clock = clock_json(incident, now);
  auto hold = suggested_hold(database, incident, clock);
  return {{"schema", "lexecon.incident/1"},
          {"incident_id", incident.id},
          {"state", incident.closed_at ? "closed" : "open"},
          {"system", text_or_null(incident.system)},
          {"severity", incident.severity},
          {"title", text_or_null(text.title)},
          {"description", text_or_null(text.description)},
          {"text_erased", text.erased},
          {"occurred_at", to_text(incident.occurred_at)},
          {"aware_at", to_text(incident.aware_at)},
          {"first_aware_at", to_text(incident.first_aware_at)},
          {"link_established_at", time_or_null(incident.link_established_at)},
          {"decisions", incident.decisions},
          {"clock", std::move(clock)},
          {"told", told_json(incident)},
          {"reports", reports_json(incident)},
          {"closed_at", time_or_null(incident.closed_at)},
          {"closed_for", text_or_null(incident.closed_for)},
          {"hold", std::move(hold)},
          {"entries", entries_json(database, incident)},
          {"ledger_entry_id", chain::entry_id(incident.entries.back())}};
}

}  // namespace lexecon::service
