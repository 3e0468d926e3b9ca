#include "service/explain.hpp"

#include <utility>

#include "decision/coverage.hpp"
#include "decision/nearest.hpp"
#include "decision/why_not.hpp"
#include "service/decide.hpp"

namespace lexecon::service {
namespace {

Json to_json(const std::vector<decision::Coverage>& coverage) {
  auto out = Json::array();
  for (const auto& each : coverage) {
    out.push_back({{"object", each.object ? Json(*each.object) : Json()},
                   {"permits", each.permits},
                   {"tried", each.tried}});
  }
  return out;
}

Json to_json(const decision::Change& change, const Json& canonical) {
  auto fields = Json::array();
  for (const auto& each : change.fields) {
    const Json::json_pointer pointer(each.field);
    fields.push_back({{"field", each.field},
                      {"from", canonical.contains(pointer) ? canonical.at(pointer) : Json()},
                      {"to", each.value}});
  }
  return {{"fields", std::move(fields)}, {"reason_code", policy::to_string(change.reason)}};
}

}  // namespace

Json explain(const ChosenSet& chosen, const decision::Request& request) {
  const decision::Facts facts;  // a set is explained, whatever people did meanwhile
  auto verdict = decision::judge(request, &chosen.set, facts, chosen.at);
  auto coverage = to_json(decision::coverage(verdict, request));
  const auto decision = unrecorded(request, facts, std::move(verdict), chosen.at, "cli");
  return {{"schema", "lexecon.explanation/1"},
          {"of", to_string(chosen.which)},
          {"decision", to_json(decision, true)},
          {"coverage", std::move(coverage)}};
}

Json explain_refusal(const ChosenSet& chosen, const decision::Request& request) {
  const decision::Facts facts;  // a set is explained, whatever people did meanwhile
  const auto verdict = decision::judge(request, &chosen.set, facts, chosen.at);
  if (verdict.outcome == policy::Outcome::approved) return {};
  auto nearest = Json::array();
  for (const auto& each : decision::nearest_permits(request, chosen.set, facts, chosen.at)) {
    nearest.push_back({{"relation", each.relation}, {"failed", each.failed}});
  }
  const auto found = decision::why_not(request, chosen.set, facts, chosen.at);
  return {{"nearest", std::move(nearest)},
          {"change", found.change ? to_json(*found.change, request.canonical) : Json()},
          {"judged", found.judged},
          {"complete", found.complete}};
}

}  // namespace lexecon::service
