#include "decision/judge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "decision/bindings.hpp"
#include "decision/reasoning.hpp"
#include "decision/trace.hpp"
#include "policy/evaluate.hpp"

namespace lexecon::decision {
namespace {

using policy::Mode;
using policy::Outcome;
using policy::Reason;
using policy::ReasonCode;

/// What facts mean to relations: approvals counted by operator, and what exceptions lift.
class Standing {
 public:
  Standing(const Facts& facts, Timestamp at) {
    std::map<std::string_view, std::set<std::string_view>> operators;
    for (const auto& approval : facts.approvals) {
      operators[approval.requirement].insert(approval.operator_id);
    }
    for (const auto& [requirement, names] : operators) {
      approvals_.push_back({requirement, names.size()});
    }
    for (const auto& exception : facts.exceptions) {
      if (exception.expires_at && *exception.expires_at <= at) continue;
      lifted_.insert(lifted_.end(), exception.relations.begin(), exception.relations.end());
    }
    confirmed_ = operators.contains(policy::human_confirmation);
  }

  [[nodiscard]] policy::Circumstances circumstances() const { return {approvals_, lifted_}; }
  [[nodiscard]] bool confirmed() const { return confirmed_; }

 private:
  std::vector<policy::Circumstances::Approved> approvals_;
  std::vector<std::string_view> lifted_;
  bool confirmed_ = false;
};

/// Strictest outcome first, then the order of the codes; each once.
void put_in_order(std::vector<Reason>& reasons) {
  std::sort(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) {
    return a.outcome != b.outcome ? a.outcome > b.outcome : a.code < b.code;
  });
  reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
}

void conclude(Verdict& verdict, Outcome outcome, ReasonCode code) {
  verdict.outcome = outcome;
  verdict.reason = code;
  if (verdict.reasons.empty()) verdict.reasons.push_back({outcome, code});
}

/// Steps 15 and 18 to 20: every reason against the request.
void collect_reasons(Verdict& verdict, const policy::Ruling& ruling, const ActiveSet& set) {
  for (const auto& finding : ruling.findings) {
    if (!finding.reason) continue;
    verdict.reasons.push_back(*finding.reason);
    verdict.against.push_back(finding.relation->id);
    if (finding.relation->type == policy::RelationType::requirement) {
      verdict.unmet.push_back(finding.relation->requirement);
    }
  }
  std::sort(verdict.unmet.begin(), verdict.unmet.end());
  verdict.unmet.erase(std::unique(verdict.unmet.begin(), verdict.unmet.end()), verdict.unmet.end());
  if (ruling.bare) {
    verdict.trace.push_back(trace_uncovered(ruling, *verdict.mode));
    if (verdict.mode != Mode::permissive) {
      verdict.reasons.push_back({Outcome::denied, ruling.tried ? ReasonCode::condition_error
                                                               : ReasonCode::not_permitted});
    }
  }
  const auto& risk = verdict.risk;
  if (risk.score) {
    verdict.trace.push_back(trace_risk(risk, set.risk));
    if (*risk.score >= set.risk.escalate_from) {
      verdict.reasons.push_back({Outcome::escalated, ReasonCode::risk_threshold});
    }
  }
  if (verdict.mode == Mode::paranoid) {
    verdict.trace.push_back(trace_paranoid(risk));
    if (risk.level != risk::Level::low && risk.level != risk::Level::medium) {
      verdict.reasons.push_back({Outcome::escalated, ReasonCode::human_confirmation_required});
    }
  }
}

/// Step 21: what a human confirmed is not escalated; denied and conditional stay what they are.
bool lift_escalations(Verdict& verdict) {
  const auto dropped = std::erase_if(
      verdict.reasons, [](const Reason& reason) { return reason.outcome == Outcome::escalated; });
  verdict.trace.push_back(trace_confirmation(dropped != 0));
  return dropped != 0;
}

/// Step 24: deciding ones first, each part in canonical order.
void list_matched(Verdict& verdict, const policy::Ruling& ruling) {
  verdict.matched_count = static_cast<std::uint64_t>(
      std::count_if(ruling.findings.begin(), ruling.findings.end(),
                    [](const policy::Finding& finding) { return finding.matched(); }));
  for (const bool deciding : {true, false}) {
    for (const auto& finding : ruling.findings) {
      if (!finding.matched()) continue;
      if (verdict.matched.size() == max_matched) return;
      if (decides(finding, verdict) == deciding) verdict.matched.push_back(finding.relation->id);
    }
  }
}

/// Steps 7 to 24, once some file is in force.
void judge_relations(const Request& request, const ActiveSet& set, const Standing& standing,
                     const policy::FilesInForce& in_force, const cel::Bindings& bindings,
                     Verdict& verdict) {
  const policy::Query query{request.actor, request.action, request.resource, request.data_classes,
                            bindings};
  const auto ruling =
      policy::evaluate(set.policies.graph(), in_force, query, standing.circumstances());
  for (auto& step : trace_relations(ruling, request)) verdict.trace.push_back(std::move(step));
  collect_reasons(verdict, ruling, set);
  const bool lifted = standing.confirmed() && lift_escalations(verdict);
  put_in_order(verdict.reasons);
  if (!verdict.reasons.empty()) {
    conclude(verdict, verdict.reasons.front().outcome, verdict.reasons.front().code);
  } else if (lifted) {
    conclude(verdict, Outcome::approved, ReasonCode::human_confirmed);
  } else {
    conclude(verdict, Outcome::approved,
             ruling.bare ? ReasonCode::not_forbidden : ReasonCode::permitted);
  }
  list_matched(verdict, ruling);
  verdict.reasoning = reasoning(verdict, &ruling);
}

/// Hash, mode, owners and windows: what holds of the set whatever the request is.
policy::FilesInForce describe_set(const Request& request, const ActiveSet& set, Timestamp at,
                                  Verdict& verdict) {
  const auto& graph = set.policies.graph();
  const auto in_force = policy::files_in_force(graph, at);
  verdict.policy_hash = set.policy_hash;
  verdict.mode = graph.mode;
  verdict.owners = graph.terms.owners(request.actor, in_force);
  for (std::size_t i = 0; i < graph.files.size(); ++i) {
    if (in_force.test(i)) continue;
    verdict.files_not_in_force.push_back(graph.files[i].name);
    verdict.trace.push_back(trace_window(graph.files[i], at));
  }
  return in_force;
}

}  // namespace

Verdict judge(const Request& request, const ActiveSet* set, const Facts& facts, Timestamp at) {
  Verdict verdict;
  policy::FilesInForce in_force;
  if (set != nullptr) in_force = describe_set(request, *set, at, verdict);
  if (facts.guard) {
    conclude(verdict, Outcome::denied, *facts.guard);
    verdict.trace.push_back(trace_guard(*facts.guard));
    verdict.reasoning = reasoning(verdict, nullptr);
    return verdict;
  }
  cel::Arena arena;
  cel::Bindings bindings;
  if (set != nullptr) {
    const bool reads = set->policies.graph().has_conditions || !set->risk.factors.empty();
    if (reads) bindings = bind(request, facts, at, arena);
    verdict.risk = risk::score(set->risk, request.risk, bindings, arena);
    if (reads) bindings[cel::Variable::risk] = risk::value_of(verdict.risk, arena);
  }
  if (in_force.none()) {
    conclude(verdict, Outcome::denied, ReasonCode::no_policy_in_force);
    verdict.reasoning = reasoning(verdict, nullptr);
    return verdict;
  }
  judge_relations(request, *set, Standing(facts, at), in_force, bindings, verdict);
  return verdict;
}

}  // namespace lexecon::decision
