#include "cel/value.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "json/json.hpp"

namespace lexecon::cel {
namespace {

constexpr std::array<std::pair<Kind, std::string_view>, 12> names = {{
    {Kind::null, "null_type"},
    {Kind::boolean, "bool"},
    {Kind::integer, "int"},
    {Kind::unsigned_integer, "uint"},
    {Kind::real, "double"},
    {Kind::text, "string"},
    {Kind::bytes, "bytes"},
    {Kind::list, "list"},
    {Kind::map, "map"},
    {Kind::type, "type"},
    {Kind::timestamp, "google.protobuf.Timestamp"},
    {Kind::duration, "google.protobuf.Duration"},
}};

Value number(double value) {
  constexpr double limit = 9223372036854775808.0;  // 2^63
  if (std::trunc(value) == value && value >= -limit && value < limit) {
    return Value::integer(static_cast<std::int64_t>(value));
  }
  return Value::real(value);
}

}  // namespace

Value Value::json(const Json& json) {
  switch (json.type()) {
    case Json::value_t::boolean:
      return boolean(json.get<bool>());
    case Json::value_t::number_integer:
      return integer(json.get<std::int64_t>());
    case Json::value_t::number_unsigned:
      if (json.get<std::uint64_t>() > INT64_MAX) return real(json.get<double>());
      return integer(json.get<std::int64_t>());
    case Json::value_t::number_float:
      return number(json.get<double>());
    case Json::value_t::string:
      return text(json.get_ref<const std::string&>());
    case Json::value_t::array:
    case Json::value_t::object: {
      Value value(json.is_array() ? Kind::list : Kind::map, 0, std::bit_cast<std::uint64_t>(&json));
      value.form_ = Form::json;
      return value;
    }
    case Json::value_t::null:
    case Json::value_t::binary:  // neither comes out of a parser
    case Json::value_t::discarded:
      break;
  }
  return null();
}

Value Value::declared(const Json& json) {
  Value value = Value::json(json);
  if (value.is(Kind::map)) value.form_ = Form::declared_json;
  return value;
}

std::string_view type_name(Kind kind) {
  for (const auto& [known, name] : names) {
    if (known == kind) return name;
  }
  return kind == Kind::error ? "error" : "absent";
}

Kind type_called(std::string_view name) {
  for (const auto& [kind, known] : names) {
    if (known == name) return kind;
  }
  return Kind::absent;
}

}  // namespace lexecon::cel
