#include "cel/convert.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "cel/number.hpp"

namespace lexecon::cel {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array true_words = {"1"sv, "t"sv, "true"sv, "TRUE"sv, "True"sv};
constexpr std::array false_words = {"0"sv, "f"sv, "false"sv, "FALSE"sv, "False"sv};

template <class Words>
bool is_one_of(const Words& words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// What was read, as a value; the fault when nothing was.
template <class T>
Value made(const Site& site, const Value& from, Fault fault, const std::optional<T>& read,
           Value (*make)(T)) {
  return read ? make(*read) : site.fail(fault, from);
}

Value to_bool(const Site& site, const Value& value) {
  if (!value.is(Kind::text)) return site.fail(Fault::no_overload, value);
  if (is_one_of(true_words, value.view())) return Value::boolean(true);
  if (is_one_of(false_words, value.view())) return Value::boolean(false);
  return site.fail(Fault::not_readable, value);
}

Value to_integer(const Site& site, const Value& value) {
  if (value.is(Kind::unsigned_integer)) {
    if (value.as_unsigned() > INT64_MAX) return site.fail(Fault::out_of_range, value);
    return Value::integer(static_cast<std::int64_t>(value.as_unsigned()));
  }
  if (value.is(Kind::real)) {
    return made(site, value, Fault::out_of_range, integer_of(value.as_real()), &Value::integer);
  }
  if (value.is(Kind::timestamp)) return Value::integer(value.as_timestamp().seconds);
  if (!value.is(Kind::text)) return site.fail(Fault::no_overload, value);
  return made(site, value, Fault::not_readable, read_integer(value.view()), &Value::integer);
}

Value to_unsigned(const Site& site, const Value& value) {
  if (value.is(Kind::integer)) {
    if (value.as_integer() < 0) return site.fail(Fault::out_of_range, value);
    return Value::unsigned_integer(static_cast<std::uint64_t>(value.as_integer()));
  }
  if (value.is(Kind::real)) {
    return made(site, value, Fault::out_of_range, unsigned_of(value.as_real()),
                &Value::unsigned_integer);
  }
  if (!value.is(Kind::text)) return site.fail(Fault::no_overload, value);
  return made(site, value, Fault::not_readable, read_unsigned(value.view()),
              &Value::unsigned_integer);
}

Value to_real(const Site& site, const Value& value) {
  if (value.is(Kind::integer)) return Value::real(static_cast<double>(value.as_integer()));
  if (value.is(Kind::unsigned_integer)) {
    return Value::real(static_cast<double>(value.as_unsigned()));
  }
  if (!value.is(Kind::text)) return site.fail(Fault::no_overload, value);
  return made(site, value, Fault::not_readable, read_real(value.view()), &Value::real);
}

Value to_bytes(const Site& site, const Value& value) {
  return value.is(Kind::text) ? Value::bytes(value.view()) : site.fail(Fault::no_overload, value);
}

Value to_duration(const Site& site, const Value& value) {
  if (!value.is(Kind::text)) return site.fail(Fault::no_overload, value);
  return made(site, value, Fault::not_readable, parse_duration(value.view()), &Value::duration);
}

Value to_timestamp(const Site& site, const Value& value) {
  if (value.is(Kind::integer)) {
    return made(site, value, Fault::out_of_range, checked_instant({value.as_integer(), 0}),
                &Value::timestamp);
  }
  if (!value.is(Kind::text)) return site.fail(Fault::no_overload, value);
  return made(site, value, Fault::not_readable, parse_instant(value.view()), &Value::timestamp);
}

Value to_string(const Site& site, const Value& value) {
  const auto kept = [&site](const std::string& text) { return Value::text(site.arena.copy(text)); };
  if (value.is(Kind::boolean)) return Value::text(value.as_boolean() ? "true" : "false");
  if (value.is(Kind::integer)) return kept(std::to_string(value.as_integer()));
  if (value.is(Kind::unsigned_integer)) return kept(std::to_string(value.as_unsigned()));
  if (value.is(Kind::real)) return kept(real_text(value.as_real()));
  if (value.is(Kind::timestamp)) return kept(to_text(value.as_timestamp()));
  if (value.is(Kind::duration)) return kept(duration_text(value.as_duration()));
  if (!value.is(Kind::bytes)) return site.fail(Fault::no_overload, value);
  const bool is_utf8 = find_bad_utf8(value.view()) == std::string_view::npos;
  return is_utf8 ? Value::text(value.view()) : site.fail(Fault::not_utf8, value);
}

struct Conversion {
  Function function;
  Kind to;
  Value (*run)(const Site&, const Value&);
};

constexpr std::array<Conversion, 8> conversions = {{
    {Function::to_bool, Kind::boolean, to_bool},
    {Function::to_bytes, Kind::bytes, to_bytes},
    {Function::to_double, Kind::real, to_real},
    {Function::to_duration, Kind::duration, to_duration},
    {Function::to_int, Kind::integer, to_integer},
    {Function::to_string, Kind::text, to_string},
    {Function::to_timestamp, Kind::timestamp, to_timestamp},
    {Function::to_uint, Kind::unsigned_integer, to_unsigned},
}};

}  // namespace

Value convert(const Site& site, Function to, const Value& value) {
  for (const auto& conversion : conversions) {
    if (conversion.function != to) continue;
    if (value.is(conversion.to)) return value;
    if (value.is(Kind::text) || value.is(Kind::bytes)) site.meter.touch(value.view().size());
    return conversion.run(site, value);
  }
  return site.fail(Fault::unknown_function);
}

Value part_of(Instant at, std::int64_t offset, Function part) {
  const Civil date = civil(at.seconds + offset);
  const std::array parts = {
      date.year,        date.month, date.day,     date.day - 1, date.day_of_week,
      date.day_of_year, date.hours, date.minutes, date.seconds, std::int64_t{at.nanos / 1'000'000}};
  return Value::integer(
      parts[static_cast<std::size_t>(part) - static_cast<std::size_t>(Function::full_year)]);
}

Value part_of_duration(const Site& site, const Value& duration, Function part) {
  const std::int64_t seconds = duration.as_duration() / nanos_per_second;
  if (part == Function::hours) return Value::integer(seconds / 3600);
  if (part == Function::minutes) return Value::integer(seconds / 60);
  if (part == Function::seconds) return Value::integer(seconds);
  if (part == Function::milliseconds) {
    return Value::integer(duration.as_duration() % nanos_per_second / 1'000'000);
  }
  return site.fail(Fault::no_overload, duration);
}

}  // namespace lexecon::cel
