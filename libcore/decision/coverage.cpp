#include "decision/coverage.hpp"

#include <algorithm>
#include <set>

namespace lexecon::decision {
namespace {

bool is_permits(const TraceStep& step) {
  return step.effect == "permits" || step.effect == "tried";
}

/// What some permits reached, and what none covers: together these are all objects.
std::vector<std::string> objects_of(const Verdict& verdict, const Request& request) {
  std::set<std::string> found;
  for (const auto& step : verdict.trace) {
    if (!is_permits(step) && step.effect != "not_covered") continue;
    found.insert(step.objects.begin(), step.objects.end());
  }
  std::vector<std::string> out;
  if (request.resource && found.erase(*request.resource) != 0) out.push_back(*request.resource);
  out.insert(out.end(), found.begin(), found.end());
  return out;
}

Coverage coverage_of(const std::optional<std::string>& object, const Verdict& verdict) {
  Coverage out{object, {}, {}};
  for (const auto& step : verdict.trace) {
    if (!is_permits(step)) continue;
    const auto& hits = step.objects;
    if (object && std::find(hits.begin(), hits.end(), *object) == hits.end()) continue;
    (step.effect == "permits" ? out.permits : out.tried).push_back(step.relation);
  }
  return out;
}

bool relations_were_looked_at(const Verdict& verdict) {
  return verdict.reason != policy::ReasonCode::no_policy_in_force && !is_guard(verdict.reason);
}

}  // namespace

std::vector<Coverage> coverage(const Verdict& verdict, const Request& request) {
  if (!relations_were_looked_at(verdict)) return {};
  std::vector<Coverage> out;
  for (const auto& object : objects_of(verdict, request)) {
    out.push_back(coverage_of(object, verdict));
  }
  if (out.empty()) out.push_back(coverage_of(std::nullopt, verdict));
  return out;
}

}  // namespace lexecon::decision
