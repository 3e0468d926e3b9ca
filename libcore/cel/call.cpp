#include "cel/call.hpp"

#include <algorithm>
#include <cstring>

#include "cel/collection.hpp"
#include "cel/convert.hpp"

namespace lexecon::cel {
namespace {

std::int64_t code_points(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; });
}

Value size(const Site& site, const Value& value) {
  if (value.is(Kind::list) || value.is(Kind::map)) {
    return Value::integer(static_cast<std::int64_t>(size_of(value)));
  }
  if (value.is(Kind::bytes)) return Value::integer(static_cast<std::int64_t>(value.view().size()));
  if (!value.is(Kind::text)) return site.fail(Fault::no_overload, value);
  site.meter.touch(value.view().size());
  return Value::integer(code_points(value.view()));
}

/// Linear, which std::string_view::find is not.
bool has_inside(std::string_view text, std::string_view part) {
  return part.empty() || memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

Value search(const Site& site, Function function, const Value& text, const Value& part) {
  if (!text.is(Kind::text) || !part.is(Kind::text)) {
    return site.fail(Fault::no_overload, text, part);
  }
  const auto whole = text.view();
  const auto wanted = part.view();
  site.meter.touch(wanted.size() + (function == Function::contains ? whole.size() : 0));
  if (site.meter.exhausted()) return site.fail(Fault::too_costly);
  if (function == Function::starts_with) return Value::boolean(whole.starts_with(wanted));
  if (function == Function::ends_with) return Value::boolean(whole.ends_with(wanted));
  return Value::boolean(has_inside(whole, wanted));
}

Value found(const Site& site, const Pattern& pattern, std::string_view text) {
  site.meter.touch(text.size() * pattern.weight());
  if (site.meter.exhausted()) return site.fail(Fault::too_costly);
  return Value::boolean(pattern.found_in(text));
}

Value matches(const Site& site, const Value& text, const Value& pattern, const Pattern* prepared) {
  if (!text.is(Kind::text) || !pattern.is(Kind::text)) {
    return site.fail(Fault::no_overload, text, pattern);
  }
  if (prepared != nullptr) return found(site, *prepared, text.view());
  site.meter.pay(pattern_cost);
  site.meter.touch(pattern.view().size());
  if (site.meter.exhausted()) return site.fail(Fault::too_costly);
  const auto compiled = Pattern::compile(pattern.view());
  const auto* made = std::get_if<Pattern>(&compiled);
  return made == nullptr ? site.fail(Fault::bad_pattern, pattern) : found(site, *made, text.view());
}

Value accessor(const Site& site, Function function, std::span<const Value> arguments,
               const Zone* prepared) {
  const Value& value = arguments[0];
  if (value.is(Kind::duration) && arguments.size() == 1) {
    return part_of_duration(site, value, function);
  }
  const bool named = arguments.size() == 2;
  if (!value.is(Kind::timestamp) || (named && !arguments[1].is(Kind::text))) {
    return site.fail(Fault::no_overload, value, named ? arguments[1] : Value());
  }
  const Instant at = value.as_timestamp();
  if (!named) return part_of(at, 0, function);
  if (prepared != nullptr) return part_of(at, prepared->offset_at(at.seconds), function);
  site.meter.pay(zone_cost);
  if (site.meter.exhausted()) return site.fail(Fault::too_costly);
  const auto zone = zone_called(arguments[1].view());
  if (!zone) return site.fail(Fault::unknown_zone, arguments[1]);
  return part_of(at, zone->offset_at(at.seconds), function);
}

}  // namespace

Value call(const Site& site, Function function, std::span<const Value> arguments,
           const Prepared& prepared) {
  switch (function) {
    case Function::size:
      return size(site, arguments[0]);
    case Function::starts_with:
    case Function::ends_with:
    case Function::contains:
      return search(site, function, arguments[0], arguments[1]);
    case Function::matches:
      return matches(site, arguments[0], arguments[1], prepared.pattern);
    case Function::type:
      return Value::type(arguments[0].kind());
    case Function::dyn:
      return arguments[0];
    case Function::to_bool:
    case Function::to_bytes:
    case Function::to_double:
    case Function::to_duration:
    case Function::to_int:
    case Function::to_string:
    case Function::to_timestamp:
    case Function::to_uint:
      return convert(site, function, arguments[0]);
    case Function::full_year:
    case Function::month:
    case Function::date:
    case Function::day_of_month:
    case Function::day_of_week:
    case Function::day_of_year:
    case Function::hours:
    case Function::minutes:
    case Function::seconds:
    case Function::milliseconds:
      return accessor(site, function, arguments, prepared.zone);
  }
  return site.fail(Fault::unknown_function);
}

}  // namespace lexecon::cel
