#include "json/reader.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

namespace lexecon::json {
namespace {

std::string in_ticks(std::string_view name) { return "`" + printable(name) + "`"; }

std::string_view kind_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return "null";
    case Json::value_t::boolean:
      return "a boolean";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      return "an integer";
    case Json::value_t::number_float:
      return "a fraction";
    case Json::value_t::string:
      return "a string";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::object:
      return "an object";
    case Json::value_t::binary:
    case Json::value_t::discarded:
      break;
  }
  return "no value";
}

[[noreturn]] void refuse(const std::string& message, const std::string& pointer,
                         std::string hint = {}) {
  throw Error(ErrorCode::bad_input, message, printable(pointer), std::move(hint));
}

[[noreturn]] void refuse_kind(std::string_view expected, const Json& value,
                              const std::string& pointer) {
  refuse("expected " + std::string(expected) + ", found " + std::string(kind_of(value)), pointer);
}

const std::string& text_of(const Json& value, const Reader& reader, std::string_view name) {
  if (!value.is_string()) refuse_kind("a string", value, reader.pointer(name));
  return value.get_ref<const std::string&>();
}

struct Range {
  std::int64_t low;
  std::int64_t high;
};

std::int64_t integer_of(const Json& value, Range range, const Reader& reader,
                        std::string_view name) {
  if (!value.is_number_integer()) refuse_kind("an integer", value, reader.pointer(name));
  // A value that was built, not parsed, may be unsigned and beyond the signed range.
  const bool wraps = value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX;
  const auto integer = value.get<std::int64_t>();
  if (wraps || integer < range.low || integer > range.high) {
    refuse("expected an integer from " + std::to_string(range.low) + " to " +
               std::to_string(range.high),
           reader.pointer(name));
  }
  return integer;
}

}  // namespace

Reader::Reader(const Json& value, std::string pointer)
    : value_(value), pointer_(std::move(pointer)) {
  if (!value.is_object()) refuse_kind("an object", value, pointer_);
  seen_.reserve(value.size());
}

bool Reader::has(std::string_view name) const { return value_.contains(name); }

const Json& Reader::member(std::string_view name) {
  const Json* const value = optional_member(name);
  if (value == nullptr) refuse("member " + in_ticks(name) + " is missing", pointer(name));
  return *value;
}

const Json* Reader::optional_member(std::string_view name) {
  seen_.emplace_back(name);
  const auto found = value_.find(name);
  return found == value_.end() ? nullptr : &*found;
}

const std::string& Reader::text(std::string_view name) {
  return text_of(member(name), *this, name);
}

std::optional<std::string> Reader::optional_text(std::string_view name) {
  const Json* const value = optional_member(name);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return text_of(*value, *this, name);
}

std::int64_t Reader::integer(std::string_view name, std::int64_t low, std::int64_t high) {
  return integer_of(member(name), {low, high}, *this, name);
}

std::optional<std::int64_t> Reader::optional_integer(std::string_view name, std::int64_t low,
                                                     std::int64_t high) {
  const Json* const value = optional_member(name);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return integer_of(*value, {low, high}, *this, name);
}

bool Reader::boolean(std::string_view name) {
  const Json& value = member(name);
  if (!value.is_boolean()) refuse_kind("a boolean", value, pointer(name));
  return value.get<bool>();
}

std::vector<std::string> Reader::texts(std::string_view name) {
  std::vector<std::string> out;
  const Json* const value = optional_member(name);
  if (value == nullptr) return out;
  if (!value->is_array()) refuse_kind("a list", *value, pointer(name));
  for (const auto& item : *value) {
    if (!item.is_string()) {
      refuse_kind("a string", item, pointer(name) + "/" + std::to_string(out.size()));
    }
    out.push_back(item.get_ref<const std::string&>());
  }
  return out;
}

std::string Reader::pointer(std::string_view name) const {
  return pointer_ + "/" + pointer_token(name);
}

void Reader::finish() const {
  for (const auto& member : value_.get_ref<const Json::object_t&>()) {
    const std::string& name = member.first;
    if (std::find(seen_.begin(), seen_.end(), name) != seen_.end()) continue;
    const auto near = did_you_mean(name, std::vector<std::string>(seen_.begin(), seen_.end()));
    refuse("unknown member " + in_ticks(name), pointer(name),
           near ? "did you mean " + in_ticks(*near) + "?" : std::string());
  }
}

std::string pointer_token(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace lexecon::json
