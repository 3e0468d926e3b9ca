#include "json/loose.hpp"

#include <string>

namespace lexecon::json {

const Json& member(const Json& object, const char* name) {
  static const Json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

std::string_view text(const Json& object, const char* name) {
  const Json& value = member(object, name);
  return value.is_string() ? std::string_view(value.get_ref<const std::string&>())
                           : std::string_view();
}

std::optional<std::uint64_t> natural(const Json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  const auto number = value.get<std::int64_t>();
  return number < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(number));
}

std::vector<std::uint64_t> naturals(const Json& list) {
  std::vector<std::uint64_t> out;
  if (!list.is_array()) return out;
  for (const Json& value : list) {
    if (const auto number = natural(value)) out.push_back(*number);
  }
  return out;
}

}  // namespace lexecon::json
