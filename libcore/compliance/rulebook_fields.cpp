#include "compliance/rulebook_fields.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "policy/choice.hpp"

namespace lexecon::compliance {
namespace {

constexpr std::size_t max_line_bytes = 1000;

Date day_of(const json::NodeReader& reader, const json::Node& value, std::string_view what) {
  const auto& text = reader.as_text(value, what);
  const auto date = parse_date(text);
  if (!date) {
    reader.fail(value.mark,
                "expected a day as " + std::string(what) + ", found `" + printable(text) + "`",
                "write it as in `2026-08-02`");
  }
  return *date;
}

}  // namespace

std::string line_of(const json::NodeReader& reader, const json::Node& value,
                    std::string_view what) {
  const auto& text = reader.as_text(value, what);
  const bool is_line = !text.empty() && text.size() <= max_line_bytes && text.front() != ' ' &&
                       text.back() != ' ' && printable(text) == text;
  if (!is_line) {
    reader.fail(value.mark, "expected one line of 1 to " + std::to_string(max_line_bytes) +
                                " bytes as " + std::string(what));
  }
  return text;
}

std::string line(json::NodeReader& reader, std::string_view key) {
  return line_of(reader, reader.get({key}), key);
}

std::optional<std::string> optional_line(json::NodeReader& reader, std::string_view key) {
  const auto* value = reader.find(key);
  return value == nullptr ? std::nullopt : std::optional(line_of(reader, *value, key));
}

std::vector<std::string> lines(json::NodeReader& reader, std::string_view key) {
  std::vector<std::string> out;
  const auto* value = reader.find(key);
  if (value == nullptr) return out;
  for (const auto& item : reader.as_list(*value, key)) {
    auto text = line_of(reader, item, key);
    if (std::find(out.begin(), out.end(), text) != out.end()) {
      reader.fail(item.mark, "expected `" + text + "` once in " + std::string(key));
    }
    out.push_back(std::move(text));
  }
  return out;
}

Date day(json::NodeReader& reader, std::string_view key) {
  return day_of(reader, reader.get({key}), key);
}

std::optional<Date> optional_day(json::NodeReader& reader, std::string_view key) {
  const auto* value = reader.find(key);
  return value == nullptr ? std::nullopt : std::optional(day_of(reader, *value, key));
}

bool flag(json::NodeReader& reader, std::string_view key) {
  const auto* value = reader.find(key);
  if (value == nullptr) return false;
  if (value->kind != json::Node::Kind::boolean) {
    reader.fail(value->mark, "expected true or false as " + std::string(key));
  }
  return value->boolean;
}

std::string one_of(json::NodeReader& reader, std::string_view key, Names names) {
  const auto* value = reader.find(key);
  if (value == nullptr) return {};
  return std::string(names[policy::choice(reader, *value, key, names)]);
}

}  // namespace lexecon::compliance
