#include "decision/diff_dials.hpp"

#include <algorithm>
#include <utility>

namespace lexecon::decision {
namespace {

using policy::Probe;

constexpr int highest_score = 100;

bool is_same(const risk::Model& one, const risk::Model& other) {
  return one.weights == other.weights && one.first_of_level == other.first_of_level &&
         one.escalate_from == other.escalate_from &&
         std::equal(one.factors.begin(), one.factors.end(), other.factors.begin(),
                    other.factors.end(), [](const risk::Factor& a, const risk::Factor& b) {
                      return a.when.source() == b.when.source() && a.dimension == b.dimension &&
                             a.add == b.add;
                    });
}

bool declares_context(const ActiveSet& set) {
  const auto& files = set.policies.graph().files;
  return std::any_of(files.begin(), files.end(),
                     [](const policy::File& file) { return file.context.has_value(); });
}

}  // namespace

const policy::Probes& Probed::of(const policy::Condition& condition, const cel::Names& names) {
  const auto found = probes_.find(&condition);
  if (found != probes_.end()) return found->second;
  return probes_.emplace(&condition, policy::probes_of(condition.program(names))).first->second;
}

DialMaker::DialMaker(const ActiveSet& was, const ActiveSet& now, Probed& probed)
    : was_(was),
      now_(now),
      probed_(probed),
      same_risk_(is_same(was.risk, now.risk)),
      is_declared_(declares_context(was) || declares_context(now)) {}

void DialMaker::add_probes(const std::string& relation, const policy::Condition& condition,
                           const cel::Names& names, std::vector<Probe>& probes) {
  const auto& asked = probed_.of(condition, names);
  for (const auto& part : asked.opaque) {
    leave_unproved(
        {relation, part,
         "only comparisons with literals, membership, beginnings and has() are followed"});
  }
  probes.insert(probes.end(), asked.probes.begin(), asked.probes.end());
  const auto values = diff_values(asked.probes, is_declared_);
  for (const auto& path : values.unproved) {
    leave_unproved({relation, path, "not every kind of its values is tried"});
  }
}

void DialMaker::add_conditions(const policy::Graph& graph, const policy::Reachable& reach,
                               std::vector<Probe>& probes) {
  for (const auto& [relation, hits_all, hits] : reach.relations) {
    const auto& names = graph.names[relation->file];
    for (const auto& condition : relation->when) add_probes(relation->id, condition, names, probes);
    if (relation->met_when) add_probes(relation->id, *relation->met_when, names, probes);
  }
}

void DialMaker::add_factors(const risk::Model& model, std::vector<Probe>& probes) {
  for (const auto& factor : model.factors) {
    add_probes("risk.yaml: " + factor.name, factor.when, model.names, probes);
  }
}

/// Where no condition reads the risk and both sets treat it alike, it is the same reason on both sides.
void DialMaker::add_risk(const std::vector<Probe>& probes, std::vector<Dial>& dials) {
  std::vector<int> boundaries;
  bool is_read = false;
  for (const auto& probe : probes) {
    if (!probe.path.starts_with("risk")) continue;
    is_read = true;
    if (!probe.value.is_number() || probe.value < 0 || probe.value > highest_score) continue;
    for (const int step : {0, 1}) boundaries.push_back(probe.value.get<int>() + step);
  }
  const auto mode = was_.policies.mode();
  if (!is_read && same_risk_ && mode == now_.policies.mode() && mode != policy::Mode::paranoid) {
    return;
  }
  for (const auto* const model : {&was_.risk, &now_.risk}) {
    boundaries.push_back(model->escalate_from);
    boundaries.insert(boundaries.end(), model->first_of_level.begin(), model->first_of_level.end());
    if (!model->factors.empty()) {
      leave_unproved(
          {"", "risk.yaml", "its factors move the score, of which not every value is tried"});
    }
  }
  if (was_.risk.weights != now_.risk.weights) {
    leave_unproved(
        {"", "risk.yaml", "the weights differ, and not every mixture of dimensions is tried"});
  }
  dials.push_back({.member = risk_values(boundaries)});
}

std::vector<Dial> DialMaker::dials_of(const Region& region) {
  std::vector<Probe> probes;
  add_conditions(was_.policies.graph(), region.was, probes);
  add_conditions(now_.policies.graph(), region.now, probes);
  add_factors(was_.risk, probes);
  if (!same_risk_) add_factors(now_.risk, probes);
  std::vector<Dial> dials;
  add_risk(probes, dials);
  auto values = diff_values(probes, is_declared_);
  for (const auto& path : values.unproved) {
    const bool is_told = std::any_of(unproved_.begin(), unproved_.end(),
                                     [&](const Unproved& each) { return each.part == path; });
    if (!is_told) leave_unproved({"", path, "not every kind of its values is tried"});
  }
  for (auto& member : values.members) dials.push_back({.member = std::move(member)});
  std::map<std::string, std::set<std::uint64_t>> wanted;
  for (const auto* const reach : {&region.was, &region.now}) {
    for (const auto& reached : reach->relations) {
      const auto& relation = *reached.relation;
      if (relation.type != policy::RelationType::requirement || relation.met_when) continue;
      if (relation.approvals != policy::confirmed_only) {
        wanted[relation.requirement].insert(relation.approvals);
      }
    }
  }
  for (const auto& [requirement, numbers] : wanted) {
    Dial dial{.member = {{}, {0}}, .requirement = requirement};
    for (const auto number : numbers) dial.member.values.emplace_back(number);
    dials.push_back(std::move(dial));
  }
  return dials;
}

}  // namespace lexecon::decision
