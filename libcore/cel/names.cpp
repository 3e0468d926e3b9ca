#include "cel/names.hpp"

#include <algorithm>

namespace lexecon::cel {

const DeclaredKey* declaration_of(const Names& names, std::string_view key) {
  if (!names.declared) return nullptr;
  const auto found = std::lower_bound(
      names.declared->begin(), names.declared->end(), key,
      [](const DeclaredKey& known, std::string_view name) { return known.name < name; });
  return found != names.declared->end() && found->name == key ? &*found : nullptr;
}

bool conforms(const Value& value, JsonType type) {
  switch (type) {
    case JsonType::text:
      return value.is(Kind::text);
    case JsonType::number:
      return value.is(Kind::integer) || value.is(Kind::real);
    case JsonType::integer:
      return value.is(Kind::integer);
    case JsonType::boolean:
      return value.is(Kind::boolean);
    case JsonType::list:
      return value.is(Kind::list);
    case JsonType::map:
      return value.is(Kind::map);
    case JsonType::any:
      return true;
  }
  return false;
}

std::string_view to_string(JsonType type) {
  switch (type) {
    case JsonType::text:
      return "string";
    case JsonType::number:
      return "number";
    case JsonType::integer:
      return "integer";
    case JsonType::boolean:
      return "boolean";
    case JsonType::list:
      return "list";
    case JsonType::map:
      return "map";
    case JsonType::any:
      return "any";
  }
  return "";
}

}  // namespace lexecon::cel
