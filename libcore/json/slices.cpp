#include "json/slices.hpp"

#include <cstddef>

namespace lexecon::json {
namespace {

/// Behind the text that begins at `start` with its quote.
std::size_t end_of_text(std::string_view bytes, std::size_t start) {
  for (std::size_t at = start + 1; at < bytes.size(); ++at) {
    if (bytes[at] == '\\') {
      ++at;
    } else if (bytes[at] == '"') {
      return at + 1;
    }
  }
  return bytes.size();
}

/// Behind the value that begins at the front.
std::size_t end_of_value(std::string_view bytes) {
  std::size_t open = 0;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const char c = bytes[at];
    if (c == '"') {
      at = end_of_text(bytes, at);
      continue;
    }
    const bool ends = c == ',' || c == '}' || c == ']';
    if (open == 0 && ends) return at;
    if (c == '{' || c == '[') ++open;
    if (c == '}' || c == ']') --open;
    ++at;
  }
  return bytes.size();
}

}  // namespace

Slices::Slices(std::string_view object) {
  if (object.starts_with('{')) rest_ = object.substr(1);
}

std::optional<Slice> Slices::next() {
  if (!rest_.starts_with('"')) return std::nullopt;
  const auto name_end = end_of_text(rest_, 0);
  if (name_end >= rest_.size() || rest_[name_end] != ':') return std::nullopt;
  const auto name = rest_.substr(1, name_end - 2);
  rest_.remove_prefix(name_end + 1);
  const auto value = rest_.substr(0, end_of_value(rest_));
  rest_.remove_prefix(value.size());
  if (rest_.starts_with(',')) rest_.remove_prefix(1);
  return Slice{name, value};
}

std::string_view slice(std::string_view object, std::string_view name) {
  Slices members(object);
  while (const auto member = members.next()) {
    if (member->name == name) return member->value;
  }
  return {};
}

std::string_view unquoted(std::string_view value) {
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return {};
  return value.substr(1, value.size() - 2);
}

}  // namespace lexecon::json
