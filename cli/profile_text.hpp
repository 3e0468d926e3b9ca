// Profiles of systems as people read them.
#pragma once

#include <string>

#include "json/fwd.hpp"

namespace lexecon::cli {

/// All of one lexecon.profile/1.
[[nodiscard]] std::string profile_text(const Json& document);
/// The heading of a list, then one row for each.
[[nodiscard]] std::string profile_table(const Json& documents);

}  // namespace lexecon::cli
