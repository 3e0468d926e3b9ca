// Parts of messages.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cel/functions.hpp"

namespace lexecon::cel {

/// In backticks.
[[nodiscard]] std::string ticked(std::string_view name);
/// ", did you mean `name`?", or nothing when none of `known` is near.
[[nodiscard]] std::string suggestion(std::string_view name, std::span<const std::string> known);
/// "1 argument", "0 or 1 arguments"
[[nodiscard]] std::string arguments(Arity arity);

}  // namespace lexecon::cel
