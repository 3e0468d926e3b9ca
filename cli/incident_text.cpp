#include "incident_text.hpp"

#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

/// Nothing for null: the line is left out then.
std::string given(const Json& document, const char* member) {
  return document[member].is_null() ? std::string() : shown(document, member);
}

std::string aware(const Json& document) {
  const bool was_moved = document["first_aware_at"] != document["aware_at"];
  return shown(document, "aware_at") +
         (was_moved ? ", recorded first as " + shown(document, "first_aware_at") : "");
}

std::string list_of(const Json& texts) {
  std::string out;
  for (const auto& each : texts) out += (out.empty() ? "" : " ") + shown(each);
  return out;
}

std::string clock_text(const Json& document) {
  const auto& clock = document["clock"];
  if (clock.is_null()) return "none: not serious";
  auto out = shown(clock, "provision") + ": the authority is told immediately, by " +
             shown(clock, "due") + " at the latest (" + shown(clock, "days") +
             " days after awareness)";
  if (!clock["met_at"].is_null()) {
    return out + (clock["late"].get<bool>() ? "; told late, " : "; told ") + shown(clock, "met_at");
  }
  return out + (clock["late"].get<bool>() ? "; not told, and overdue" : "; not told yet");
}

std::string told(const Json& document, const char* to) {
  const auto& at = document["told"][to];
  return at.is_null() ? "no report on record" : shown(at);
}

std::string closed(const Json& document) {
  if (document["closed_at"].is_null()) return "";
  return shown(document, "closed_at") + ", " + shown(document, "closed_for");
}

std::string reports(const Json& document) {
  std::vector<std::vector<std::string>> rows{{"REPORTED AT", "TO", "REPORT", "EVIDENCE", "ENTRY"}};
  for (const auto& each : document["reports"]) {
    rows.push_back({shown(each, "reported_at"), shown(each, "to"), shown(each, "report"),
                    shown(each, "evidence_id"), shown(each, "ledger_entry_id")});
  }
  return rows.size() == 1 ? "" : "\n" + table(rows);
}

std::string entries(const Json& document) {
  std::vector<std::vector<std::string>> rows{{"AT", "WHAT", "BY", "ENTRY"}};
  for (const auto& each : document["entries"]) {
    rows.push_back({shown(each, "timestamp"), shown(each, "event_type"), shown(each, "actor"),
                    shown(each, "ledger_entry_id")});
  }
  return "\n" + table(rows);
}

std::string clock_state(const Json& clock) {
  if (clock.is_null()) return "-";
  if (clock["overdue"].get<bool>()) return "overdue";
  if (clock["met_at"].is_null()) return clock["late"].get<bool>() ? "not met" : "running";
  return clock["late"].get<bool>() ? "late" : "met";
}

}  // namespace

std::string incident_text(const Json& document) {
  return facts({{"incident", shown(document, "incident_id")},
                {"state", shown(document, "state")},
                {"severity", shown(document, "severity")},
                {"system", given(document, "system")},
                {"title", given(document, "title")},
                {"description", given(document, "description")},
                {"text", document["text_erased"].get<bool>() ? "some of it was erased" : ""},
                {"occurred", shown(document, "occurred_at")},
                {"aware", aware(document)},
                {"link", given(document, "link_established_at")},
                {"decisions", list_of(document["decisions"])},
                {"clock", clock_text(document)},
                {"provider", told(document, "provider")},
                {"importer", told(document, "importer")},
                {"distributor", told(document, "distributor")},
                {"authority", told(document, "authority")},
                {"closed", closed(document)},
                {"hold", given(document, "hold")}}) +
         reports(document) + entries(document);
}

std::string incident_table(const Json& documents) {
  std::vector<std::vector<std::string>> rows{
      {"INCIDENT", "STATE", "SEVERITY", "SYSTEM", "AWARE", "CLOCK", "DUE", "TITLE"}};
  for (const auto& each : documents) {
    const auto& clock = each["clock"];
    rows.push_back({shown(each, "incident_id"), shown(each, "state"), shown(each, "severity"),
                    shown(each, "system"), shown(each, "aware_at"), clock_state(clock),
                    clock.is_null() ? "-" : shown(clock, "due"), shown(each, "title")});
  }
  return rows.size() == 1 ? "no incidents\n" : table(rows);
}

}  // namespace lexecon::cli
