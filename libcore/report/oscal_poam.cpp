#include <utility>

#include "base/date.hpp"
#include "base/error.hpp"
#include "json/json.hpp"
#include "report/oscal.hpp"
#include "report/oscal_parts.hpp"

namespace lexecon::report {
namespace {

std::string missing_text(const Json& gap) {
  return "Not on record: " + joined(list_at(gap, "missing"), ", ");
}

Json owner_props(const Json& gap) {
  Json out = Json::array();
  for (const auto* name : {"owner", "due", "state", "entry_id"}) {
    const auto value = text_at(gap, name);
    if (!value.empty()) out.push_back(oscal_prop(name, value));
  }
  return out;
}

/// Planned by somebody, or what this program suggests.
std::string_view lifecycle_of(const Json& gap) {
  if (text_at(gap, "state") == "done") return "completed";
  return text_at(gap, "owner").empty() ? "recommendation" : "planned";
}

std::string_view status_of(const Json& gap) {
  const auto state = text_at(gap, "state");
  if (state == "done") return "closed";
  return state == "dropped" ? "dropped" : "open";
}

Json remediation_of(const std::string& id, const Json& gap, const OscalNames& names) {
  const auto action = oscal_markup(text_at(gap, "action"));
  Json tasks = Json::array();
  const auto due = text_at(gap, "due");
  if (parse_date(due)) {
    tasks.push_back({{"uuid", names.uuid("task", id)},
                     {"type", "milestone"},
                     {"title", action},
                     {"timing", {{"on-date", {{"date", oscal_time(due)}}}}}});
  }
  return without_empty({{"uuid", names.uuid("remediation", id)},
                        {"lifecycle", lifecycle_of(gap)},
                        {"title", action},
                        {"description", action},
                        {"props", owner_props(gap)},
                        {"tasks", std::move(tasks)}});
}

Json risk_of(const Json& row, const OscalNames& names) {
  const auto id = text_at(row, "id");
  const auto& gap = at(row, "gap");
  const auto due = text_at(gap, "due");
  return without_empty({{"uuid", names.uuid("risk", id)},
                        {"title", oscal_markup(id + " " + text_at(row, "title"))},
                        {"description", oscal_markup(missing_text(gap))},
                        {"statement", oscal_markup(missing_text(gap))},
                        {"status", status_of(gap)},
                        {"deadline", parse_date(due) ? Json(oscal_time(due, true)) : Json()},
                        {"remediations", Json::array({remediation_of(id, gap, names)})},
                        {"related-observations",
                         Json::array({{{"observation-uuid", names.uuid("observation", id)}}})}});
}

Json item_of(const Json& row, const OscalNames& names) {
  const auto id = text_at(row, "id");
  const auto& gap = at(row, "gap");
  auto props = owner_props(gap);
  props.push_back(oscal_prop("row", id));
  props.push_back(oscal_prop("control", control_of(row)));
  return {{"uuid", names.uuid("poam-item", id)},
          {"title", oscal_markup(id + " " + text_at(row, "title"))},
          {"description", oscal_markup(missing_text(gap))},
          {"props", std::move(props)},
          {"related-observations",
           Json::array({{{"observation-uuid", names.uuid("observation", id)}}})},
          {"related-risks", Json::array({{{"risk-uuid", names.uuid("risk", id)}}})}};
}

}  // namespace

Json plan_of_action(const Json& model) {
  const OscalNames names(model);
  const auto& header = at(model, "header");
  Json observations = Json::array();
  Json risks = Json::array();
  Json items = Json::array();
  for (const auto& row : list_at(model, "rows")) {
    if (!at(row, "gap").is_object()) continue;
    observations.push_back(observation_of(model, row, names));
    risks.push_back(risk_of(row, names));
    items.push_back(item_of(row, names));
  }
  if (items.empty()) {
    throw Error(ErrorCode::not_found,
                "expected a row with a gap to plan for, and the report shows none", {},
                "OSCAL has no plan of action without an item");
  }
  const auto system = text_at(at(header, "system"), "id");
  const auto origin = text_at(at(header, "ledger"), "origin");
  return {
      {"plan-of-action-and-milestones",
       {{"uuid", names.uuid("document", "plan-of-action")},
        {"metadata", oscal_metadata(model, "Plan of action: " + text_at(model, "title"), names)},
        {"system-id", {{"id", oscal_line(system.empty() ? origin : system)}}},
        {"observations", std::move(observations)},
        {"risks", std::move(risks)},
        {"poam-items", std::move(items)},
        {"back-matter", {{"resources", oscal_resources(model, names)}}}}}};
}

}  // namespace lexecon::report
