// Conversions between types, and accessors of timestamps and durations.
//
// Errors   a value of the kind error, made at the site
#pragma once

#include "cel/functions.hpp"
#include "cel/site.hpp"

namespace lexecon::cel {

/// bool() bytes() double() duration() int() string() timestamp() uint()
[[nodiscard]] Value convert(const Site& site, Function to, const Value& value);
/// getFullYear() and its like of a timestamp, on a clock `offset` seconds ahead of UTC.
[[nodiscard]] Value part_of(Instant at, std::int64_t offset, Function part);
/// getHours() and its like of a duration; an error for the others.
[[nodiscard]] Value part_of_duration(const Site& site, const Value& duration, Function part);

}  // namespace lexecon::cel
