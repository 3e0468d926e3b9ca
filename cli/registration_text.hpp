// Versions of models and prompts as people read them.
#pragma once

#include <string>

#include "json/fwd.hpp"

namespace lexecon::cli {

/// All of one lexecon.registration/1.
[[nodiscard]] std::string registration_text(const Json& document);
/// The heading of a list, then one row for each.
[[nodiscard]] std::string registration_table(const Json& documents);

}  // namespace lexecon::cli
