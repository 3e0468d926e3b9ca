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
/// From which entry on people had a say, and whether one of them suffices; without a line feed.
[[nodiscard]] std::string human_authority(const Json& document);

}  // namespace lexecon::cli
