// Timestamps and durations as CEL has them: to the nanosecond, over the years 1 to 9999.
//
// Shapes   timestamps RFC 3339 with upper-case T and Z, up to nine fractional digits; durations
//          "1h30m", "-1.5s", "100ms": decimal numbers with the units h m s ms us ns; "0"
// Units    Instant: seconds since 1970-01-01T00:00:00Z, nanoseconds 0 to 999,999,999 after them;
//          a duration is a count of nanoseconds in 64 bits, about 292 years either way
// Source   CEL language definition, Timezones and List of Standard Definitions; RFC 3339
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lexecon::cel {

struct Instant {
  std::int64_t seconds = 0;
  std::uint32_t nanos = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

inline constexpr std::int64_t nanos_per_second = 1'000'000'000;

/// Nothing for another shape, no real date, or a time outside the years 1 to 9999.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);
/// Nothing outside the years 1 to 9999.
[[nodiscard]] std::optional<Instant> checked_instant(Instant at);
/// In UTC, the fraction without trailing zeros: "2009-02-13T23:31:30.5Z".
[[nodiscard]] std::string to_text(Instant at);

/// Nothing for another shape or beyond 64 bits; what is below a nanosecond is cut off.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text);
/// Seconds, the fraction without trailing zeros: "-1.5s".
[[nodiscard]] std::string duration_text(std::int64_t nanos);

/// Nothing when the sum is outside the years 1 to 9999.
[[nodiscard]] std::optional<Instant> add(Instant at, std::int64_t nanos);
/// The duration from `from` to `to`; nothing beyond 64 bits.
[[nodiscard]] std::optional<std::int64_t> between(Instant from, Instant to);

/// What the accessors read, each counted as they count it.
struct Civil {
  std::int64_t year;
  std::int64_t month;        // 0 to 11
  std::int64_t day;          // of the month, 1 to 31
  std::int64_t day_of_week;  // 0 is Sunday
  std::int64_t day_of_year;  // 0 to 365
  std::int64_t hours;
  std::int64_t minutes;
  std::int64_t seconds;
};

/// Of seconds since 1970 on a clock that shows UTC plus whatever was added.
[[nodiscard]] Civil civil(std::int64_t seconds);

}  // namespace lexecon::cel
