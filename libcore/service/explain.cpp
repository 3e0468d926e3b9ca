#include "service/explain.hpp"

#include <utility>

#include "decision/coverage.hpp"
#include "service/bench.hpp"
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

}  // namespace

Json explain(const ChosenSet& chosen, const decision::Request& request) {
  const auto facts = facts_for(request);
  auto verdict = decision::judge(request, &chosen.set, facts, chosen.at);
  auto coverage = to_json(decision::coverage(verdict, request));
  const auto decision = unrecorded(request, facts, std::move(verdict), chosen.at, "cli");
  return {{"schema", "lexecon.explanation/1"},
          {"of", to_string(chosen.which)},
          {"decision", to_json(decision, true)},
          {"coverage", std::move(coverage)}};
}

}  // namespace lexecon::service
