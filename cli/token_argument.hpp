// A token as it is given: in a file or on standard input, never in argv.
#pragma once

#include <string>

#include "command.hpp"
#include "context.hpp"
#include "token/token.hpp"

namespace lexecon::cli {

/// The option that names the file.
[[nodiscard]] Option token_file_option();
/// The text in --token-file, one line end taken off; Error{usage} without the option.
[[nodiscard]] std::string token_text(const Arguments& given, Context& context);

}  // namespace lexecon::cli
