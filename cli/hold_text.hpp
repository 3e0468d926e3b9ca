// Holds as people read them.
#pragma once

#include <string>

#include "json/fwd.hpp"

namespace lexecon::cli {

/// All of one lexecon.hold/1.
[[nodiscard]] std::string hold_text(const Json& document);
/// The heading of a list, then one row for each.
[[nodiscard]] std::string hold_table(const Json& documents);

}  // namespace lexecon::cli
