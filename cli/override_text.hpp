// Overrides as people read them.
#pragma once

#include <string>
#include <string_view>

#include "json/fwd.hpp"

namespace lexecon::cli {

/// What --type and --scope may be.
inline constexpr std::string_view override_types =
    "policy_exception|technical_emergency|business_exception|human_review|executive_override|"
    "emergency_bypass";
inline constexpr std::string_view override_scopes =
    "single_decision|multiple_decisions|permanent_policy_change";

/// All of one lexecon.override/1.
[[nodiscard]] std::string override_text(const Json& document);
/// The heading of a list, then one row for each.
[[nodiscard]] std::string override_table(const Json& documents);

}  // namespace lexecon::cli
