// What the commands that make packages are given in the same way.
//
// Errors   Error{usage}
#pragma once

#include <string>

#include "base/files.hpp"
#include "base/time.hpp"
#include "command.hpp"

namespace lexecon::cli {

/// -o PATH, absolute; never standard output.
[[nodiscard]] Path package_path(const Arguments& given);
/// When the package says it was made: SOURCE_DATE_EPOCH, where somebody wants the same bytes again.
[[nodiscard]] Timestamp package_time(Timestamp now);
/// "lexecon/<version>"
[[nodiscard]] std::string package_generator();

}  // namespace lexecon::cli
