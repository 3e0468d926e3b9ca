// What a policy says of a request: outcomes, reason codes, and how strict they are.
//
// Source   lexecon-policy(5), The algorithm: the order of the codes is the order of the table there
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lexecon::policy {

/// From the laxest to the strictest.
enum class Outcome : std::uint8_t { approved, conditional, escalated, denied };

/// From the laxest to the strictest.
enum class Mode : std::uint8_t { permissive, strict, paranoid };

/// Within one outcome the first in this order names the verdict.
enum class ReasonCode : std::uint8_t {
  emergency_stop,
  rate_limited,
  budget_exceeded,
  model_not_approved,
  prompt_not_approved,
  prohibited_content,
  no_policy_in_force,
  forbidden,
  not_permitted,
  requirement_denied,
  risk_threshold,
  human_confirmation_required,
  requirement_escalated,
  requirement_unmet,
  condition_error,
  human_confirmed,
  permitted,
  not_forbidden,
};

struct Reason {
  Outcome outcome;
  ReasonCode code;
  friend bool operator==(const Reason&, const Reason&) = default;
};

[[nodiscard]] std::string_view to_string(Outcome outcome);
[[nodiscard]] std::string_view to_string(Mode mode);
[[nodiscard]] std::string_view to_string(ReasonCode code);
[[nodiscard]] std::optional<Outcome> outcome_from(std::string_view text);
[[nodiscard]] std::optional<Mode> mode_from(std::string_view text);
[[nodiscard]] std::optional<ReasonCode> reason_code_from(std::string_view text);

}  // namespace lexecon::policy
