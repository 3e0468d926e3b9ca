// Reading test vectors: JSON files of ours and of others.
#pragma once

#include <string>

#include "base/bytes.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "support/support.hpp"

namespace lexecon::test {

[[nodiscard]] inline Json load_json(const Path& path) {
  return json::parse(slurp(path), path.filename().string());
}

/// A text member, or a text item.
[[nodiscard]] inline std::string text(const Json& value) { return value.get<std::string>(); }

[[nodiscard]] inline std::string unhex(const Json& value) { return from_hex(text(value)).value(); }

[[nodiscard]] inline Hash hash(const Json& hex) { return hash_from_hex(text(hex)).value(); }

}  // namespace lexecon::test
