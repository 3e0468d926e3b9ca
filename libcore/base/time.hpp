// Points in time and spans, in UTC. Nothing here reads a clock but system_now().
//
// Shapes   entry time "YYYY-MM-DDTHH:MM:SS.ffffffZ"; token time "YYYY-MM-DDTHH:MM:SSZ"
// Units    microseconds since 1970-01-01T00:00:00Z; years 1970 to 9999, no second 60
// Source   RFC 3339; spans as in lexecon(1): 90s 5m 12h 30d 2w, 6mo and 1y by the calendar
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lexecon {

struct Timestamp {
  std::int64_t micros = 0;
  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

[[nodiscard]] std::string to_text(Timestamp at);
/// Cut, never rounded, to the second.
[[nodiscard]] std::string to_text_seconds(Timestamp at);
/// Exactly the shape of to_text, with a real date; nothing otherwise.
[[nodiscard]] std::optional<Timestamp> entry_time(std::string_view text);
/// Exactly the shape of to_text_seconds, with a real date; nothing otherwise.
[[nodiscard]] std::optional<Timestamp> token_time(std::string_view text);
/// Any RFC 3339 time with upper-case T and Z, an offset and at most six fractional digits.
[[nodiscard]] std::optional<Timestamp> parse_time(std::string_view text);

/// `months` is applied first, by the calendar, then `micros`.
struct Span {
  std::int32_t months = 0;
  std::int64_t micros = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

/// "5m", "30d", "6mo"; nothing for zero, a sign, an unknown unit or an overflow.
[[nodiscard]] std::optional<Span> parse_span(std::string_view text);
/// A month too short for the day ends on its last one; the sum stops at the end of year 9999.
[[nodiscard]] Timestamp operator+(Timestamp at, Span span);

[[nodiscard]] Timestamp system_now();

}  // namespace lexecon
