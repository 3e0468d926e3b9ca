// Values written as CEL.
#pragma once

#include <string>

#include "cel/value.hpp"

namespace lexecon::cel {

/// A value as an expression that has it: `[1, 2u, "a"]`, `timestamp("2009-02-13T23:31:30Z")`. What
/// is longer than `most` bytes ends in three points.
[[nodiscard]] std::string to_text(const Value& value, std::size_t most = 4096);

}  // namespace lexecon::cel
