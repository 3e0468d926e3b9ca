// The names that an expression may use, and the context keys with their types.
//
// Source   names resolve as in lexecon-policy(5): a comprehension variable, a variable, a type, a
//          context key
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/value.hpp"

namespace lexecon::cel {

/// The types that a policy's `context:` can declare.
enum class JsonType : std::uint8_t { text, number, integer, boolean, list, map, any };

struct DeclaredKey {
  std::string name;
  JsonType type = JsonType::any;
};

struct Names {
  std::vector<std::string> variables;  // slot i is bound to variables[i]; dotted names are allowed
  std::optional<std::uint16_t> context;  // the slot of the map in which any other name is looked up
  std::optional<std::vector<DeclaredKey>> declared;  // its keys, ascending; nothing: any key
};

/// The declaration of `key`, or nullptr.
[[nodiscard]] const DeclaredKey* declaration_of(const Names& names, std::string_view key);
/// Whether a value that came from JSON is what was declared.
[[nodiscard]] bool conforms(const Value& value, JsonType type);
[[nodiscard]] std::string_view to_string(JsonType type);

}  // namespace lexecon::cel
