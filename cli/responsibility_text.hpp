// What the commands about responsibility share.
#pragma once

#include <string>
#include <string_view>

#include "json/fwd.hpp"

namespace lexecon::cli {

/// What --maker and --level may be.
inline constexpr std::string_view makers =
    "ai_system|human_operator|human_supervisor|human_executive|delegated|emergency_override";
inline constexpr std::string_view responsibility_levels = "full|shared|supervised|automated";

/// Who was typed: `operator:NAME` as it stands, or the id of an actor with its long prefix.
[[nodiscard]] std::string who(const std::string& typed, const std::string& option);
/// All of one lexecon.assignment/1.
[[nodiscard]] std::string assignment_text(const Json& document);
/// The heading of a list, then one row for each.
[[nodiscard]] std::string assignment_table(const Json& documents);

}  // namespace lexecon::cli
