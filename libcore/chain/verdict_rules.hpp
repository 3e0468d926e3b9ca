// What the members of a decision must be to each other for the algorithm to have given them.
//
// Errors   Error{bad_input} with the JSON pointer of the member
// Source   lexecon-policy(5), The algorithm: the table of outcomes and reason codes
#pragma once

#include "chain/event_fields.hpp"

namespace lexecon::chain {

[[nodiscard]] bool is_guard(std::string_view code);
[[nodiscard]] bool is_reason(std::string_view code);
[[nodiscard]] bool is_reason_of(std::string_view outcome, std::string_view code);
/// Some model of risk gives a score that level.
[[nodiscard]] bool is_level_of(std::string_view level, std::int64_t score);

/// The code is one of its outcome, all reasons are known, and no set means denied without one.
void verdict_rule(const Json& decision, const Place& at);
/// The score lies among the dimensions it is the mean of, and the level is one that such a score
/// can have under some model.
void risk_rule(const Json& risk, const Place& at);

}  // namespace lexecon::chain
