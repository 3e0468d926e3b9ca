// What the commands about incidents share.
#pragma once

#include <string>
#include <string_view>

#include "json/fwd.hpp"

namespace lexecon::cli {

inline constexpr std::string_view severities =
    "death|serious_harm|infrastructure|widespread|fundamental_rights|property_or_environment|"
    "not_serious";

/// All of one lexecon.incident/1.
[[nodiscard]] std::string incident_text(const Json& document);
/// The heading of a list, then one row for each.
[[nodiscard]] std::string incident_table(const Json& documents);

}  // namespace lexecon::cli
