#include "base/date.hpp"

#include <algorithm>
#include <chrono>

namespace lexecon {
namespace {

constexpr std::int32_t first_year = 1970;
constexpr std::int32_t last_year = 9999;

std::chrono::year_month_day civil(const Date& date) {
  return {std::chrono::year{date.year}, std::chrono::month{static_cast<unsigned>(date.month)},
          std::chrono::day{static_cast<unsigned>(date.day)}};
}

Date from_days(std::chrono::sys_days days) {
  const std::chrono::year_month_day date{days};
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<std::int32_t>(static_cast<unsigned>(date.month())),
          .day = static_cast<std::int32_t>(static_cast<unsigned>(date.day()))};
}

}  // namespace

std::string to_text(const Date& date) {
  return to_text_seconds(start_of(date)).substr(0, std::string_view("YYYY-MM-DD").size());
}

std::optional<Date> parse_date(std::string_view text) {
  const auto at = token_time(std::string(text) + "T00:00:00Z");
  return at ? std::optional(date_of(*at)) : std::nullopt;
}

Date date_of(Timestamp at) {
  return from_days(std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::microseconds>{std::chrono::microseconds{at.micros}}));
}

Timestamp start_of(const Date& date) {
  return {std::chrono::microseconds{std::chrono::sys_days{civil(date)}.time_since_epoch()}.count()};
}

Date plus_months(const Date& date, std::int32_t months) {
  constexpr std::int32_t in_year = 12;
  const std::int32_t all = date.year * in_year + date.month - 1 + months;
  const Date first{.year = all / in_year, .month = all % in_year + 1, .day = 1};
  const auto last_day = static_cast<unsigned>(std::chrono::year_month_day_last{
      std::chrono::year{first.year},
      std::chrono::month_day_last{std::chrono::month{
          static_cast<unsigned>(first.month)}}}.day());
  return {.year = std::clamp(first.year, first_year, last_year),
          .month = first.month,
          .day = std::min(date.day, static_cast<std::int32_t>(last_day))};
}

Date plus_days(const Date& date, std::int32_t days) {
  return from_days(std::chrono::sys_days{civil(date)} + std::chrono::days{days});
}

}  // namespace lexecon
