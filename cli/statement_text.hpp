// Statements about what is asked as people read them.
#pragma once

#include <string>

#include "json/fwd.hpp"

namespace lexecon::cli {

/// All of one lexecon.statement/1.
[[nodiscard]] std::string statement_text(const Json& document);
/// All of one lexecon.withdrawal/1.
[[nodiscard]] std::string withdrawal_text(const Json& document);

}  // namespace lexecon::cli
