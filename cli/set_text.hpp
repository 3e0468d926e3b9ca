// Sets and activations for people.
#pragma once

#include <string>

#include "json/json.hpp"

namespace lexecon::cli {

/// "activated <hash> (strict, 3 files)" or "unchanged: …".
[[nodiscard]] std::string activation_text(const Json& document);
/// The facts of a set, then a line for each of its files.
[[nodiscard]] std::string set_text(const Json& document);

}  // namespace lexecon::cli
