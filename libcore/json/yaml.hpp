// The YAML half of read_document(): the library's events, checked one by one.
#pragma once

#include <string>
#include <string_view>

#include "json/node.hpp"

namespace lexecon::json {

/// `bytes` are UTF-8 without control characters.
[[nodiscard]] Node read_yaml(const std::string& bytes, const std::string& name);

}  // namespace lexecon::json
