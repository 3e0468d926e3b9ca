// Completion scripts, made from the table of commands.
#pragma once

#include <string>

namespace lexecon::cli {

/// For bash 4.2 or later; needs nothing but bash.
[[nodiscard]] std::string bash_completion();

}  // namespace lexecon::cli
