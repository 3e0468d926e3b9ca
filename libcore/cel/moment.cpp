#include "cel/moment.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <limits>

namespace lexecon::cel {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t first_second = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t last_second = 253'402'300'799;   // 9999-12-31T23:59:59Z

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The leading digits of `text`, removed from it.
std::string_view eat_digits(std::string_view& text) {
  std::size_t used = 0;
  while (used < text.size() && is_digit(text[used])) ++used;
  const auto eaten = text.substr(0, used);
  text.remove_prefix(used);
  return eaten;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool has_shape(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == 'd' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
  }
  return true;
}

/// "YYYY-MM-DDTHH:MM:SS" at the start of `text`, as if it were UTC.
std::optional<std::int64_t> read_seconds(std::string_view text) {
  if (!has_shape(text, "dddd-dd-ddTdd:dd:dd")) return std::nullopt;
  const auto part = [text](std::size_t at, std::size_t count) {
    return number(text.substr(at, count));
  };
  const std::chrono::year_month_day date{std::chrono::year{part(0, 4)},
                                         std::chrono::month{static_cast<unsigned>(part(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(part(8, 2))}};
  if (!date.ok() || part(11, 2) > 23 || part(14, 2) > 59 || part(17, 2) > 59) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  return days * seconds_per_day + part(11, 2) * 3600 + part(14, 2) * 60 + part(17, 2);
}

/// The seconds east of UTC that "Z", "+HH:MM" or "-HH:MM", which is all of `text`, says.
std::optional<int> read_offset(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (!has_shape(text, "+dd:dd") && !has_shape(text, "-dd:dd"))) {
    return std::nullopt;
  }
  const int hours = number(text.substr(1, 2));
  const int minutes = number(text.substr(4, 2));
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

void put(std::string& out, std::int64_t value, std::size_t count) {
  std::string digits(count, '0');
  for (auto at = digits.rbegin(); at != digits.rend(); ++at, value /= 10) {
    *at = static_cast<char>('0' + value % 10);
  }
  out += digits;
}

/// ".5" for half a second; nothing for none.
void put_fraction(std::string& out, std::int64_t nanos) {
  if (nanos == 0) return;
  out += '.';
  put(out, nanos, 9);
  out.erase(out.find_last_not_of('0') + 1);
}

struct Unit {
  std::string_view name;
  std::int64_t nanos;
};

/// Longer names first, so that "ms" is not read as minutes; the signs for micro are U+00B5, U+03BC.
constexpr std::array<Unit, 8> units = {{{"ns", 1},
                                        {"us", 1'000},
                                        {"\xC2\xB5s", 1'000},
                                        {"\xCE\xBCs", 1'000},
                                        {"ms", 1'000'000},
                                        {"s", nanos_per_second},
                                        {"m", 60 * nanos_per_second},
                                        {"h", 3600 * nanos_per_second}}};

const Unit* eat_unit(std::string_view& text) {
  for (const auto& unit : units) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return &unit;
  }
  return nullptr;
}

/// whole.fraction units, below zero: only there do 64 bits reach their last value.
std::optional<std::int64_t> negative_nanos(std::string_view whole, std::string_view fraction,
                                           std::int64_t unit) {
  std::int64_t value = 0;
  for (const char c : whole) {
    if (__builtin_mul_overflow(value, 10, &value) ||
        __builtin_sub_overflow(value, c - '0', &value)) {
      return std::nullopt;
    }
  }
  if (__builtin_mul_overflow(value, unit, &value)) return std::nullopt;
  std::int64_t rest = 0;  // from the last digit on, each step divides: exact but for what is cut
  for (auto digit = fraction.rbegin(); digit != fraction.rend(); ++digit) {
    rest = ((*digit - '0') * unit + rest) / 10;
  }
  if (__builtin_sub_overflow(value, rest, &value)) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Instant> checked_instant(Instant at) {
  if (at.seconds < first_second || at.seconds > last_second) return std::nullopt;
  return at;
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto local = read_seconds(text);
  if (!local) return std::nullopt;
  text.remove_prefix(19);
  std::int64_t nanos = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const auto digits = eat_digits(text);
    if (digits.empty() || digits.size() > 9) return std::nullopt;
    nanos = number(digits);
    for (std::size_t i = digits.size(); i < 9; ++i) nanos *= 10;
  }
  const auto offset = read_offset(text);
  if (!offset) return std::nullopt;
  return checked_instant({*local - *offset, static_cast<std::uint32_t>(nanos)});
}

std::string to_text(Instant at) {
  const Civil date = civil(at.seconds);
  std::string out;
  put(out, date.year, 4);
  out += '-';
  put(out, date.month + 1, 2);
  out += '-';
  put(out, date.day, 2);
  out += 'T';
  put(out, date.hours, 2);
  out += ':';
  put(out, date.minutes, 2);
  out += ':';
  put(out, date.seconds, 2);
  put_fraction(out, at.nanos);
  out += 'Z';
  return out;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;  // below zero throughout
  while (!text.empty()) {
    const auto whole = eat_digits(text);
    std::string_view fraction;
    if (text.starts_with('.')) {
      text.remove_prefix(1);
      fraction = eat_digits(text);
    }
    const Unit* unit = eat_unit(text);
    if (unit == nullptr || (whole.empty() && fraction.empty())) return std::nullopt;
    const auto part = negative_nanos(whole, fraction, unit->nanos);
    if (!part || __builtin_add_overflow(total, *part, &total)) return std::nullopt;
  }
  if (negative) return total;
  if (total == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return -total;
}

std::string duration_text(std::int64_t nanos) {
  std::string out = nanos < 0 ? "-" : "";
  out += std::to_string(std::abs(nanos / nanos_per_second));
  put_fraction(out, std::abs(nanos % nanos_per_second));
  out += 's';
  return out;
}

std::optional<Instant> add(Instant at, std::int64_t nanos) {
  std::int64_t seconds = at.seconds + nanos / nanos_per_second;
  std::int64_t rest = at.nanos + nanos % nanos_per_second;
  if (rest < 0) {
    rest += nanos_per_second;
    --seconds;
  } else if (rest >= nanos_per_second) {
    rest -= nanos_per_second;
    ++seconds;
  }
  return checked_instant({seconds, static_cast<std::uint32_t>(rest)});
}

std::optional<std::int64_t> between(Instant from, Instant to) {
  std::int64_t seconds = to.seconds - from.seconds;
  std::int64_t rest = std::int64_t{to.nanos} - std::int64_t{from.nanos};
  if (seconds < 0 && rest > 0) {  // both below zero, so that the last value can be reached
    rest -= nanos_per_second;
    ++seconds;
  }
  std::int64_t span = 0;
  if (__builtin_mul_overflow(seconds, nanos_per_second, &span) ||
      __builtin_add_overflow(span, rest, &span)) {
    return std::nullopt;
  }
  return span;
}

Civil civil(std::int64_t seconds) {
  using namespace std::chrono;
  const sys_days day = floor<days>(sys_seconds{std::chrono::seconds{seconds}});
  const year_month_day date{day};
  const std::int64_t in_day = seconds - day.time_since_epoch().count() * seconds_per_day;
  const sys_days new_year{date.year() / January / 1};
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<unsigned>(date.month()) - 1,
          .day = static_cast<unsigned>(date.day()),
          .day_of_week = weekday{day}.c_encoding(),
          .day_of_year = (day - new_year).count(),
          .hours = in_day / 3600,
          .minutes = in_day / 60 % 60,
          .seconds = in_day % 60};
}

}  // namespace lexecon::cel
