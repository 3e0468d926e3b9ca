// Completion scripts, made from the table of commands. They need nothing but their shell.
#pragma once

#include <string>

namespace lexecon::cli {

/// For bash 4.2 or later.
[[nodiscard]] std::string bash_completion();
/// For zsh 5; a file named _lexecon in a folder of its fpath.
[[nodiscard]] std::string zsh_completion();
/// For fish 3.
[[nodiscard]] std::string fish_completion();

}  // namespace lexecon::cli
