#include <set>
#include <utility>

#include "json/json.hpp"
#include "report/oscal.hpp"
#include "report/oscal_parts.hpp"

namespace lexecon::report {
namespace {

constexpr std::string_view plan = "assessment-plan";

/// The controls of the rows, each once, in their order.
Json reviewed_controls(const Json& model) {
  std::set<std::string> told;
  Json controls = Json::array();
  for (const auto& row : list_at(model, "rows")) {
    auto control = control_of(row);
    if (told.insert(control).second) controls.push_back({{"control-id", std::move(control)}});
  }
  Json selection = controls.empty() ? Json{{"include-all", Json::object()}}
                                    : Json{{"include-controls", std::move(controls)}};
  return {{"control-selections", Json::array({std::move(selection)})}};
}

/// A statement of the catalog where the rulebook names its control, else an objective of our own.
Json target_of(const Json& row, bool is_satisfied) {
  const bool is_listed = !text_at(row, "oscal_control").empty();
  return {{"type", is_listed ? "statement-id" : "objective-id"},
          {"target-id", control_of(row) + (is_listed ? "_smt" : "")},
          {"status", {{"state", is_satisfied ? "satisfied" : "not-satisfied"}}}};
}

// INVARIANT: nothing but the conclusion of a named person makes a finding, and an expired one makes none.
Json findings_of(const Json& model, const OscalNames& names) {
  Json out = Json::array();
  for (const auto& row : list_at(model, "rows")) {
    const auto& conclusion = at(row, "conclusion");
    const auto& satisfied = at(conclusion, "satisfied");
    const auto by = text_at(conclusion, "by");
    if (!satisfied.is_boolean() || by.empty() || at(conclusion, "expired") == true) continue;
    const auto id = text_at(row, "id");
    out.push_back(
        {{"uuid", names.uuid("finding", id)},
         {"title", oscal_markup(id + " " + text_at(row, "title"))},
         {"description", oscal_markup("Concluded by " + by + " at " + text_at(conclusion, "at") +
                                      " in " + text_at(conclusion, "entry_id"))},
         {"origins",
          Json::array({{{"actors", Json::array({{{"type", "party"},
                                                 {"actor-uuid", names.uuid("party", by)}}})}}})},
         {"target", target_of(row, satisfied == true)},
         {"related-observations",
          Json::array({{{"observation-uuid", names.uuid("observation", id)}}})}});
  }
  return out;
}

Json result_of(const Json& model, const OscalNames& names) {
  const auto& header = at(model, "header");
  const auto& period = at(header, "period");
  Json observations = Json::array();
  for (const auto& row : list_at(model, "rows")) {
    observations.push_back(observation_of(model, row, names));
  }
  return without_empty({{"uuid", names.uuid("result", "1")},
                        {"title", oscal_markup(text_at(model, "title"))},
                        {"description", oscal_markup(text_at(header, "disclaimer"))},
                        {"start", oscal_time(text_at(period, "from"))},
                        {"end", oscal_time(text_at(period, "to"), true)},
                        {"reviewed-controls", reviewed_controls(model)},
                        {"observations", std::move(observations)},
                        {"findings", findings_of(model, names)}});
}

}  // namespace

Json assessment_results(const Json& model) {
  const OscalNames names(model);
  auto resources = oscal_resources(model, names);
  resources.push_back({{"uuid", names.uuid("resource", plan)},
                       {"title", "Assessment plan"},
                       {"description",
                        "There is none besides this document: what was assessed are the reviewed "
                        "controls, over the period and the ledger that it names."}});
  return {{"assessment-results",
           {{"uuid", names.uuid("document", "assessment-results")},
            {"metadata", oscal_metadata(model, text_at(model, "title"), names)},
            {"import-ap", {{"href", "#" + names.uuid("resource", plan)}}},
            {"results", Json::array({result_of(model, names)})},
            {"back-matter", {{"resources", std::move(resources)}}}}}};
}

}  // namespace lexecon::report
