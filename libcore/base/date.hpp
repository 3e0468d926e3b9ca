// Days of the calendar, as laws and declarations name them: no hour and no time zone.
//
// Shapes   "YYYY-MM-DD", the Gregorian calendar; years 1970 to 9999
// Source   RFC 3339, full-date; Regulation (EEC, Euratom) 1182/71, Article 3(2)(c), for periods in months
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace lexecon {

struct Date {
  std::int32_t year = 1970;
  std::int32_t month = 1;
  std::int32_t day = 1;
  friend auto operator<=>(const Date&, const Date&) = default;
};

[[nodiscard]] std::string to_text(const Date& date);
/// Exactly that shape, a real day; nothing otherwise.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
/// The day it is then in UTC.
[[nodiscard]] Date date_of(Timestamp at);
/// Its first moment in UTC.
[[nodiscard]] Timestamp start_of(const Date& date);
/// So many months later; a month too short for the day ends on its last one.
[[nodiscard]] Date plus_months(const Date& date, std::int32_t months);
/// So many days later; negative ones are earlier.
[[nodiscard]] Date plus_days(const Date& date, std::int32_t days);

}  // namespace lexecon
