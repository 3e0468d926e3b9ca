// The clock of the commands: read once for each answer, or for each group of answers.
#pragma once

#include "base/time.hpp"

namespace lexecon::cli {

/// The system's time; in a build for tests the one that LEXECON_NOW says.
[[nodiscard]] Timestamp clock_now();

}  // namespace lexecon::cli
