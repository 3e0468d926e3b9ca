#include "decision/reasoning.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace lexecon::decision {
namespace {

using policy::Outcome;
using policy::ReasonCode;

constexpr std::size_t max_named = 3;

std::string listed(const std::vector<std::string>& names, std::string_view quote) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), max_named); ++i) {
    out += (i == 0 ? "" : ", ") + std::string(quote) + names[i] + std::string(quote);
  }
  if (names.size() > max_named) out += " and " + std::to_string(names.size() - max_named) + " more";
  return out;
}

std::string object_list(const policy::Ruling& ruling, const std::vector<std::uint32_t>& positions) {
  std::vector<std::string> names;
  for (const auto position : positions) names.emplace_back(ruling.objects[position]);
  return listed(names, "");
}

/// Ids alone: what a condition made of which value stands in the trace, and in no entry.
std::string condition_error(const Verdict& verdict, const policy::Ruling& ruling) {
  std::vector<std::string> names;
  for (const auto& finding : ruling.findings) {
    const bool tried = ruling.tried && finding.relation->type == policy::RelationType::permits;
    if (!finding.fault.empty() && (tried || decides(finding, verdict))) {
      names.push_back(finding.relation->id);
    }
  }
  return "a condition has no value in " + listed(names, "`");
}

/// The relations that gave the verdict its reason, and the objects that they hit.
struct Deciding {
  std::vector<std::string> relations;
  std::vector<std::uint32_t> objects;
};

Deciding deciding(const Verdict& verdict, const policy::Ruling& ruling) {
  Deciding out;
  for (const auto& finding : ruling.findings) {
    if (!decides(finding, verdict)) continue;
    out.relations.push_back(finding.relation->id);
    out.objects.insert(out.objects.end(), finding.hits.begin(), finding.hits.end());
  }
  std::sort(out.objects.begin(), out.objects.end());
  out.objects.erase(std::unique(out.objects.begin(), out.objects.end()), out.objects.end());
  return out;
}

std::string by(const Verdict& verdict, const policy::Ruling& ruling, std::string_view verb) {
  const auto found = deciding(verdict, ruling);
  std::string out = std::string(verb) + " " + listed(found.relations, "`");
  if (!found.objects.empty()) out += "; objects " + object_list(ruling, found.objects);
  return out;
}

std::string not_permitted(const policy::Ruling& ruling) {
  if (ruling.objects.empty()) return "no relation permits the request";
  return "no relation permits objects " + object_list(ruling, ruling.uncovered);
}

std::string risk_text(const Verdict& verdict) {
  if (!verdict.risk.score) return "no risk was scored";
  return "risk level is " + std::string(risk::to_string(verdict.risk.level)) + ", score " +
         std::to_string(*verdict.risk.score);
}

std::string because(const Verdict& verdict, const policy::Ruling* ruling) {
  switch (verdict.reason) {
    case ReasonCode::emergency_stop:
    case ReasonCode::rate_limited:
    case ReasonCode::budget_exceeded:
    case ReasonCode::model_not_approved:
    case ReasonCode::prompt_not_approved:
    case ReasonCode::prohibited_content:
      return "guard `" + std::string(policy::to_string(verdict.reason)) + "` holds";
    case ReasonCode::no_policy_in_force:
      return verdict.policy_hash ? "no policy file is in force" : "no policy set is active";
    case ReasonCode::risk_threshold:
    case ReasonCode::human_confirmation_required:
      return risk_text(verdict);
    case ReasonCode::not_permitted:
      return ruling == nullptr ? "" : not_permitted(*ruling);
    case ReasonCode::forbidden:
      return ruling == nullptr ? "" : by(verdict, *ruling, "forbidden by");
    case ReasonCode::requirement_denied:
    case ReasonCode::requirement_escalated:
    case ReasonCode::requirement_unmet:
      return ruling == nullptr ? ""
                               : "unmet " + listed(verdict.unmet, "") + "; " +
                                     by(verdict, *ruling, "required by");
    case ReasonCode::condition_error:
      return ruling == nullptr ? "" : condition_error(verdict, *ruling);
    case ReasonCode::human_confirmed:
      return "a human confirmed the request";
    case ReasonCode::permitted:
      return ruling == nullptr ? "" : by(verdict, *ruling, "permitted by");
    case ReasonCode::not_forbidden:
      return "no relation forbids the request";
  }
  return {};
}

}  // namespace

bool decides(const policy::Finding& finding, const Verdict& verdict) {
  if (finding.reason) {
    return finding.reason->outcome == verdict.outcome && finding.reason->code == verdict.reason;
  }
  return verdict.reason == ReasonCode::permitted && finding.fault.empty() &&
         finding.relation->type == policy::RelationType::permits;
}

std::string reasoning(const Verdict& verdict, const policy::Ruling* ruling) {
  return std::string(policy::to_string(verdict.outcome)) + ": " + because(verdict, ruling);
}

}  // namespace lexecon::decision
