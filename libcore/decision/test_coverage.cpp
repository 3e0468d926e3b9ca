#include "decision/test_coverage.hpp"

#include <algorithm>

#include "decision/bindings.hpp"
#include "policy/evaluate.hpp"

namespace lexecon::decision {
namespace {

policy::Truth look(const policy::Condition& condition, const cel::Names& names,
                   const cel::Bindings& bindings, cel::Arena& arena, Seen& seen) {
  const auto truth = condition.ask(names, bindings, arena).truth;
  seen.yes = seen.yes || truth == policy::Truth::yes;
  seen.no = seen.no || truth == policy::Truth::no;
  return truth;
}

/// Every clause of a relation that reached the request, and what meets it where they all hold.
void look(const policy::Relation& relation, const cel::Names& names, const cel::Bindings& bindings,
          cel::Arena& arena, RelationSeen& seen) {
  bool holds = true;
  for (std::size_t i = 0; i < relation.when.size(); ++i) {
    holds =
        look(relation.when[i], names, bindings, arena, seen.when[i]) == policy::Truth::yes && holds;
  }
  if (holds && relation.met_when) look(*relation.met_when, names, bindings, arena, seen.met_when);
}

}  // namespace

TestCoverage::TestCoverage(const ActiveSet& set) : set_(set), factors_(set.risk.factors.size()) {
  for (const auto& relation : set.policies.graph().relations) {
    relations_.push_back({false, std::vector<Seen>(relation.when.size()), {}});
  }
}

std::vector<std::string> TestCoverage::add(const Request& request, const Facts& facts,
                                           Timestamp at) {
  const auto& graph = set_.policies.graph();
  const auto in_force = policy::files_in_force(graph, at);
  cel::Arena arena;
  auto bindings = bind(request, facts, at, arena);
  for (std::size_t i = 0; i < factors_.size(); ++i) {
    look(set_.risk.factors[i].when, set_.risk.names, bindings, arena, factors_[i]);
  }
  const auto score = risk::score(set_.risk, request.risk, bindings, arena);
  bindings[cel::Variable::risk] = risk::value_of(score, arena);
  // Approvals meet requirements; they do not change what matches.
  const auto ruling = policy::evaluate(
      graph, in_force,
      {request.actor, request.action, request.resource, request.data_classes, bindings}, {});
  std::vector<std::string> matched;
  const auto see = [&](const policy::Relation& relation) -> RelationSeen& {
    auto& seen = relations_[static_cast<std::size_t>(&relation - graph.relations.data())];
    look(relation, graph.names[relation.file], bindings, arena, seen);
    return seen;
  };
  for (const auto* relation : ruling.skipped) see(*relation);
  for (const auto& finding : ruling.findings) {
    auto& seen = see(*finding.relation);
    if (!finding.matched()) continue;
    seen.matched = true;
    matched.push_back(finding.relation->id);
  }
  std::sort(matched.begin(), matched.end());
  return matched;
}

}  // namespace lexecon::decision
