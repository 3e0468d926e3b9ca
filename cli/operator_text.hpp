// What the commands about operators share.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "context.hpp"

namespace lexecon::cli {

/// The key in a .pub file, or - for standard input, as "<type> <base64>".
[[nodiscard]] std::string public_key_from(const std::string& file, Context& context);
/// The answer of a change, for people.
[[nodiscard]] std::string operator_change_text(const Json& document);

}  // namespace lexecon::cli
