// A set's hash as it is typed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace lexecon::cli {

/// 64 hex digits, or Error{usage}; nothing when not given.
[[nodiscard]] std::optional<Hash> hash_argument(const std::optional<std::string>& typed,
                                                const std::string& name);

}  // namespace lexecon::cli
