#include "decision/trace.hpp"

#include <algorithm>

namespace lexecon::decision {
namespace {

using policy::RelationType;

/// "actor actor:a, wanted actor:*"
std::string compared(std::string_view what, const std::string& actual, const std::string& wanted) {
  return std::string(what) + " " + actual + ", wanted " + wanted;
}

std::string detail_of(const policy::Relation& relation, const Request& request) {
  auto out = compared("actor", request.actor, relation.subject) + "; " +
             compared("action", request.action, relation.action);
  if (relation.object) out += "; object wanted " + *relation.object;
  return out;
}

/// The conditions as they were written, and what became of them.
std::string conditions_of(const std::vector<policy::Condition>& conditions,
                          std::string_view became) {
  if (conditions.empty()) return {};
  std::string out = "; when";
  for (const auto& condition : conditions) {
    out += (&condition == &conditions.front() ? " `" : " and `") + condition.source() + "`";
  }
  return out + " " + std::string(became);
}

std::string approvals_of(const policy::Finding& finding) {
  if (finding.relation->met_when) {
    return "; met when `" + finding.relation->met_when->source() + "`, which is " +
           (finding.reason ? "not so" : "so");
  }
  if (finding.relation->approvals == policy::confirmed_only) {
    return "; only a human confirmation lifts it";
  }
  return "; approvals of " + finding.relation->requirement + " by " +
         std::to_string(finding.approved_by) + ", wanted " +
         std::to_string(finding.relation->approvals);
}

TraceStep step_of(const policy::Ruling& ruling, const policy::Finding& finding,
                  const Request& request) {
  TraceStep out;
  out.relation = finding.relation->id;
  const bool tried = finding.relation->type == RelationType::permits && !finding.fault.empty();
  out.effect = tried ? "tried" : policy::to_string(finding.relation->type);
  if (finding.hits_all) out.objects.assign(ruling.objects.begin(), ruling.objects.end());
  for (const auto object : finding.hits) out.objects.emplace_back(ruling.objects[object]);
  out.detail = detail_of(*finding.relation, request);
  if (finding.fault.empty()) out.detail += conditions_of(finding.relation->when, "is true");
  if (finding.relation->type == RelationType::requirement) out.detail += approvals_of(finding);
  if (!finding.fault.empty()) out.detail += "; condition error: " + finding.fault;
  return out;
}

std::string bound(const std::optional<Timestamp>& time) { return time ? to_text(*time) : "open"; }

}  // namespace

std::vector<TraceStep> trace_relations(const policy::Ruling& ruling, const Request& request) {
  std::vector<TraceStep> out;
  for (const auto* relation : ruling.lifted) {
    out.push_back({relation->id, "exception", {}, detail_of(*relation, request)});
  }
  for (const auto* relation : ruling.skipped) {
    out.push_back({relation->id,
                   "skipped",
                   {},
                   detail_of(*relation, request) + conditions_of(relation->when, "is false")});
  }
  for (const auto& finding : ruling.findings) out.push_back(step_of(ruling, finding, request));
  return out;
}

TraceStep trace_guard(policy::ReasonCode code) {
  return {std::string(policy::to_string(code)), "guard", {}, "nothing else was evaluated"};
}

TraceStep trace_window(const policy::File& file, Timestamp at) {
  return {file.name,
          "window",
          {},
          "at " + to_text(at) + ", wanted from " + bound(file.effective_from) + " until " +
              bound(file.effective_until)};
}

TraceStep trace_uncovered(const policy::Ruling& ruling, policy::Mode mode) {
  TraceStep out{"coverage", "not_covered", {}, "mode " + std::string(policy::to_string(mode))};
  for (const auto object : ruling.uncovered) out.objects.emplace_back(ruling.objects[object]);
  return out;
}

TraceStep trace_risk(const risk::Score& score, const risk::Model& model) {
  TraceStep out{"risk",
                "risk",
                {},
                "score " + std::to_string(score.score.value_or(0)) + ", level " +
                    std::string(risk::to_string(score.level)) + ", wanted a score below " +
                    std::to_string(model.escalate_from)};
  for (const auto& factor : score.factors) {
    out.detail += "; factor " + factor.name;
    if (!factor.fault.empty()) out.detail += ", condition error: " + factor.fault;
  }
  return out;
}

TraceStep trace_paranoid(const risk::Score& score) {
  return {"paranoid",
          "mode",
          {},
          "level " + std::string(risk::to_string(score.level)) + ", wanted low or medium"};
}

TraceStep trace_confirmation(bool lifted) {
  return {"human_confirmation",
          "confirmation",
          {},
          lifted ? "the reasons to escalate are lifted" : "no reason to escalate was there"};
}

}  // namespace lexecon::decision
