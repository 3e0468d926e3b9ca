// Retention as people read it.
#pragma once

#include <string>

#include "json/fwd.hpp"

namespace lexecon::cli {

/// Of a lexecon.retention/1: the classes and how many contents are where.
[[nodiscard]] std::string retention_text(const Json& document);
/// Of a lexecon.retention_run/1.
[[nodiscard]] std::string retention_run_text(const Json& document);

}  // namespace lexecon::cli
