#include "report/model.hpp"

#include "json/json.hpp"

namespace lexecon::report {
namespace {

const Json& nothing() {
  static const Json null;
  return null;
}

const Json& no_items() {
  static const Json list = Json::array();
  return list;
}

}  // namespace

const Json& at(const Json& value, std::string_view name) {
  if (!value.is_object()) return nothing();
  const auto found = value.find(name);
  return found == value.end() ? nothing() : *found;
}

const Json& list_at(const Json& value, std::string_view name) {
  const auto& found = at(value, name);
  return found.is_array() ? found : no_items();
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_number() || value.is_boolean() ? value.dump() : std::string();
}

std::string text_at(const Json& value, std::string_view name) { return text_of(at(value, name)); }

std::uint64_t number_at(const Json& value, std::string_view name) {
  const auto& found = at(value, name);
  if (found.is_number_unsigned()) return found.get<std::uint64_t>();
  if (!found.is_number_integer()) return 0;
  const auto number = found.get<std::int64_t>();
  return number < 0 ? 0 : static_cast<std::uint64_t>(number);
}

std::string joined(const Json& list, std::string_view separator) {
  std::string out;
  if (!list.is_array()) return out;
  for (const auto& each : list) {
    if (!out.empty()) out += separator;
    out += text_of(each);
  }
  return out;
}

Sets::Sets(const Json& model) {
  for (const auto& each : list_at(model, "evidence")) sets_.try_emplace(text_at(each, "id"), &each);
}

const Json& Sets::find(std::string_view id) const {
  const auto found = sets_.find(id);
  return found == sets_.end() ? nothing() : *found->second;
}

std::uint64_t Sets::count(std::string_view id) const { return number_at(find(id), "count"); }

}  // namespace lexecon::report
