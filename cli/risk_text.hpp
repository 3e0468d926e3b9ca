// Risk as people read it.
#pragma once

#include <string>

#include "json/fwd.hpp"

namespace lexecon::cli {

/// "security 70, privacy 20", or "-".
[[nodiscard]] std::string dimensions_text(const Json& dimensions);

}  // namespace lexecon::cli
