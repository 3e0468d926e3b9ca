#include "policy/ruling.hpp"

#include <array>
#include <cstddef>

namespace lexecon::policy {
namespace {

constexpr std::array<std::string_view, 4> outcome_names{"approved", "conditional", "escalated",
                                                        "denied"};
constexpr std::array<std::string_view, 3> mode_names{"permissive", "strict", "paranoid"};
constexpr std::array<std::string_view, 18> reason_names{
    "emergency_stop",        "rate_limited",        "budget_exceeded",
    "model_not_approved",    "prompt_not_approved", "prohibited_content",
    "no_policy_in_force",    "forbidden",           "not_permitted",
    "requirement_denied",    "risk_threshold",      "human_confirmation_required",
    "requirement_escalated", "requirement_unmet",   "condition_error",
    "human_confirmed",       "permitted",           "not_forbidden",
};

template <class Enum, std::size_t N>
std::optional<Enum> position(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Outcome outcome) {
  return outcome_names.at(static_cast<std::size_t>(outcome));
}

std::string_view to_string(Mode mode) { return mode_names.at(static_cast<std::size_t>(mode)); }

std::string_view to_string(ReasonCode code) {
  return reason_names.at(static_cast<std::size_t>(code));
}

std::optional<Outcome> outcome_from(std::string_view text) {
  return position<Outcome>(outcome_names, text);
}

std::optional<Mode> mode_from(std::string_view text) { return position<Mode>(mode_names, text); }

std::optional<ReasonCode> reason_code_from(std::string_view text) {
  return position<ReasonCode>(reason_names, text);
}

}  // namespace lexecon::policy
