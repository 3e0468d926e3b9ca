// A decision for people: two to five lines, made from its document.
#pragma once

#include <string>
#include <vector>

#include "json/json.hpp"

namespace lexecon::cli {

/// "denied: forbidden by no-prod-deploy (dec_…)", why, what it is worth, where it is on record.
[[nodiscard]] std::string decision_text(const Json& document);
/// One line of a table of decisions.
[[nodiscard]] std::vector<std::string> decision_row(const Json& document);

}  // namespace lexecon::cli
