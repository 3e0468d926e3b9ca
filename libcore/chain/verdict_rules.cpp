#include "chain/verdict_rules.hpp"

#include <algorithm>
#include <array>

namespace lexecon::chain {
namespace {

using namespace std::string_view_literals;

constexpr auto guards =
    std::to_array({"emergency_stop"sv, "rate_limited"sv, "budget_exceeded"sv,
                   "model_not_approved"sv, "prompt_not_approved"sv, "prohibited_content"sv});
constexpr auto no_policy = "no_policy_in_force"sv;
constexpr auto denials = std::to_array(
    {no_policy, "forbidden"sv, "not_permitted"sv, "requirement_denied"sv, "condition_error"sv});
constexpr auto escalations = std::to_array({"risk_threshold"sv, "human_confirmation_required"sv,
                                            "requirement_escalated"sv, "condition_error"sv});
constexpr auto conditions = std::to_array({"requirement_unmet"sv, "condition_error"sv});
constexpr auto approvals = std::to_array({"human_confirmed"sv, "permitted"sv, "not_forbidden"sv});

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// The deciding code first, each code once.
void reasons_rule(const Json& reasons, std::string_view deciding, const Place& at) {
  if (reasons.empty() || reasons.front() != deciding) refuse("the deciding code first", at);
  for (auto item = reasons.begin(); item != reasons.end(); ++item) {
    const Place here = at.below(std::to_string(item - reasons.begin()));
    if (!is_reason(item->get_ref<const std::string&>())) refuse("a known reason code", here);
    if (std::find(reasons.begin(), item, *item) != item) refuse("each reason code once", here);
  }
}

/// Without a set nothing was looked at: there is only the one reason, or a guard's.
void no_set_rule(const Json& decision, std::string_view reason, const Place& at) {
  const Json& policy = decision.at("policy");
  if (!policy.at("hash").is_null()) return;
  if (reason != no_policy && !is_guard(reason)) {
    refuse("the hash of the set that gave this reason code", at.below("policy").below("hash"));
  }
  if (policy.at("matched_count") != 0 || !policy.at("unmet").empty()) {
    refuse("no relation and no requirement without a set", at.below("policy"));
  }
  if (!decision.at("risk").is_null()) refuse("null without a set", at.below("risk"));
}

}  // namespace

bool is_guard(std::string_view code) { return is_among(guards, code); }

bool is_reason(std::string_view code) {
  return is_guard(code) || is_among(denials, code) || is_among(escalations, code) ||
         is_among(conditions, code) || is_among(approvals, code);
}

bool is_reason_of(std::string_view outcome, std::string_view code) {
  if (outcome == "approved") return is_among(approvals, code);
  if (outcome == "conditional") return is_among(conditions, code);
  if (outcome == "escalated") return is_among(escalations, code);
  return outcome == "denied" && (is_guard(code) || is_among(denials, code));
}

bool is_level_of(std::string_view level, std::int64_t score) {
  // Medium, high and critical begin at ascending scores from 1 to 100, wherever the model puts them.
  constexpr std::array levels{"low"sv, "medium"sv, "high"sv, "critical"sv};
  const auto found = std::find(levels.begin(), levels.end(), level);
  const std::int64_t above = found - levels.begin();
  return found != levels.end() && score >= above && score <= 97 + above;
}

void verdict_rule(const Json& decision, const Place& at) {
  const std::string_view reason = text_of(decision, "reason_code");
  if (!is_reason_of(text_of(decision, "outcome"), reason)) {
    refuse("a reason code of this outcome", at.below("reason_code"));
  }
  reasons_rule(decision.at("reasons"), reason, at.below("reasons"));
  const Json& guard = decision.at("facts").at("guard");
  if (is_guard(reason) ? guard != reason : !guard.is_null()) {
    refuse("the guard that the reason code names", at.below("facts").below("guard"));
  }
  no_set_rule(decision, reason, at);
}

void risk_rule(const Json& risk, const Place& at) {
  const auto score = risk.at("score").get<std::int64_t>();
  std::int64_t low = 100;
  std::int64_t high = 0;
  for (const auto& [name, dimension] : risk.at("dimensions").items()) {
    low = std::min(low, dimension.get<std::int64_t>());
    high = std::max(high, dimension.get<std::int64_t>());
  }
  if (score < low || score > high) {
    refuse("a score between the lowest and the highest dimension", at.below("score"));
  }
  if (!is_level_of(text_of(risk, "level"), score))
    refuse("a level of this score", at.below("level"));
}

}  // namespace lexecon::chain
