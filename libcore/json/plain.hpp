// What an unquoted YAML scalar means: only what every YAML reader takes it for.
#pragma once

#include <optional>
#include <string_view>

#include "json/node.hpp"

namespace lexecon::json {

/// true, false, null, a JSON number or a text; nothing for what some readers take otherwise, and
/// for a number that a double cannot hold.
[[nodiscard]] std::optional<Node> plain_scalar(std::string_view text);

}  // namespace lexecon::json
