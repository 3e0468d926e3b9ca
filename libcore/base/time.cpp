#include "base/time.hpp"

#include <array>
#include <chrono>

#include "base/octets.hpp"

namespace lexecon {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;
constexpr int first_year = 1970;
constexpr int last_year = 9999;
/// 9999-12-31T23:59:59.999999Z
constexpr std::int64_t last_micros = 253'402'300'799'999'999;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `count` digits at `offset`, or -1.
int digits_at(std::string_view text, std::size_t offset, std::size_t count) {
  if (text.size() < offset + count) return -1;
  int value = 0;
  for (const char c : text.substr(offset, count)) {
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// The digits among eight bytes as their values, 0 for the rest; nothing unless they stand where
/// `shape` has 0, and all else is as there.
std::optional<std::uint64_t> digits_of(const char* at, const char* shape, std::uint64_t places) {
  const std::uint64_t values = eight_octets(at) ^ eight_octets(shape);
  // Where a digit may stand its value is below 10, elsewhere nothing may be left.
  const std::uint64_t most = eight_times(0x7F) - 9 * places;
  if ((((values + most) | values) & high_bits) != 0) return std::nullopt;
  return values;
}

/// The number that the digits at `first` and behind it make.
int two_at(std::uint64_t digits, unsigned first) {
  const std::uint64_t pair = digits >> 8U * first;
  return static_cast<int>((pair & 0xFFU) * 10 + (pair >> 8U & 0xFFU));
}

/// "YYYY-MM-DDTHH:MM:SS" at the start of `text` as microseconds, with a real date.
std::optional<std::int64_t> read_seconds(std::string_view text) {
  constexpr std::size_t size = 19;
  if (text.size() < size) return std::nullopt;
  const auto month_at = digits_of(text.data(), "0000-00-", 0x0001010001010101U);
  const auto day_at = digits_of(text.data() + 3, "0-00-00T", 0x0001010001010001U);
  const auto clock = digits_of(text.data() + 11, "00:00:00", 0x0101000101000101U);
  if (!month_at || !day_at || !clock) return std::nullopt;
  const int year = two_at(*month_at, 0) * 100 + two_at(*month_at, 2);
  const std::chrono::year_month_day date{
      std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(two_at(*month_at, 5))},
      std::chrono::day{static_cast<unsigned>(two_at(*day_at, 5))}};
  const int hour = two_at(*clock, 0);
  const int minute = two_at(*clock, 3);
  const int second = two_at(*clock, 6);
  if (year < first_year || !date.ok() || hour > 23 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  return (days * seconds_per_day + std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 + second) *
         micros_per_second;
}

void put_digits(std::string& out, std::size_t offset, std::size_t count, std::int64_t value) {
  for (std::size_t at = offset + count; at > offset; value /= 10) {
    out[--at] = static_cast<char>('0' + value % 10);
  }
}

/// All but the "Z" of a text to the second.
void put_seconds(std::string& out, Timestamp at) {
  using namespace std::chrono;
  const std::int64_t seconds = floor<std::chrono::seconds>(microseconds{at.micros}).count();
  const sys_days day = floor<days>(sys_seconds{std::chrono::seconds{seconds}});
  const year_month_day date{day};
  const std::int64_t in_day = seconds - day.time_since_epoch().count() * seconds_per_day;
  put_digits(out, 0, 4, static_cast<int>(date.year()));
  put_digits(out, 5, 2, static_cast<unsigned>(date.month()));
  put_digits(out, 8, 2, static_cast<unsigned>(date.day()));
  put_digits(out, 11, 2, in_day / 3600);
  put_digits(out, 14, 2, in_day / 60 % 60);
  put_digits(out, 17, 2, in_day % 60);
}

/// The offset of "Z", "+HH:MM" or "-HH:MM", which is all of `text`, in minutes.
std::optional<int> read_offset(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hours = digits_at(text, 1, 2);
  const int minutes = digits_at(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

bool in_range(std::int64_t micros) { return micros >= 0 && micros <= last_micros; }

struct Unit {
  std::string_view name;
  std::int64_t months;
  std::int64_t seconds;
};

constexpr std::array<Unit, 7> units = {{{"s", 0, 1},
                                        {"m", 0, 60},
                                        {"h", 0, 3600},
                                        {"d", 0, seconds_per_day},
                                        {"w", 0, 7 * seconds_per_day},
                                        {"mo", 1, 0},
                                        {"y", 12, 0}}};

}  // namespace

std::string to_text_seconds(Timestamp at) {
  std::string out = "0000-00-00T00:00:00Z";
  put_seconds(out, at);
  return out;
}

std::string to_text(Timestamp at) {
  std::string out = "0000-00-00T00:00:00.000000Z";
  put_seconds(out, at);
  const std::int64_t rest = at.micros % micros_per_second;
  put_digits(out, 20, 6, rest < 0 ? rest + micros_per_second : rest);
  return out;
}

std::optional<Timestamp> entry_time(std::string_view text) {
  if (text.size() != 27) return std::nullopt;
  const auto whole = read_seconds(text);
  const auto rest = digits_of(text.data() + 19, ".000000Z", 0x0001010101010100U);
  if (!whole || !rest) return std::nullopt;
  return Timestamp{*whole + two_at(*rest, 1) * 10'000 + two_at(*rest, 3) * 100 + two_at(*rest, 5)};
}

std::optional<Timestamp> token_time(std::string_view text) {
  if (text.size() != 20 || text[19] != 'Z') return std::nullopt;
  const auto whole = read_seconds(text);
  if (!whole) return std::nullopt;
  return Timestamp{*whole};
}

std::optional<Timestamp> parse_time(std::string_view text) {
  const auto whole = read_seconds(text);
  if (!whole) return std::nullopt;
  text.remove_prefix(19);
  std::int64_t fraction = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    std::int64_t unit = micros_per_second;
    while (!text.empty() && is_digit(text.front())) {
      unit /= 10;
      if (unit == 0) return std::nullopt;
      fraction += (text.front() - '0') * unit;
      text.remove_prefix(1);
    }
    if (unit == micros_per_second) return std::nullopt;
  }
  const auto offset = read_offset(text);
  if (!offset) return std::nullopt;
  const std::int64_t micros = *whole + fraction - std::int64_t{*offset} * 60 * micros_per_second;
  if (!in_range(micros)) return std::nullopt;
  return Timestamp{micros};
}

std::optional<Span> parse_span(std::string_view text) {
  std::int64_t count = 0;
  std::size_t used = 0;
  while (used < text.size() && is_digit(text[used])) {
    if (__builtin_mul_overflow(count, 10, &count) ||
        __builtin_add_overflow(count, text[used] - '0', &count)) {
      return std::nullopt;
    }
    ++used;
  }
  if (used == 0 || count == 0 || text.front() == '0') return std::nullopt;
  for (const auto& unit : units) {
    if (text.substr(used) != unit.name) continue;
    // A span longer than all of time is a slip, and adding it could overflow.
    constexpr std::int64_t most_months = std::int64_t{last_year - first_year + 1} * 12;
    constexpr std::int64_t most_seconds = last_micros / micros_per_second;
    if (unit.months > 0) {
      if (count > most_months / unit.months) return std::nullopt;
      return Span{static_cast<std::int32_t>(count * unit.months), 0};
    }
    if (count > most_seconds / unit.seconds) return std::nullopt;
    return Span{0, count * unit.seconds * micros_per_second};
  }
  return std::nullopt;
}

Timestamp operator+(Timestamp at, Span span) {
  using namespace std::chrono;
  if (span.months != 0) {
    const sys_time<microseconds> from{microseconds{at.micros}};
    const sys_days day = floor<days>(from);
    year_month_day date = year_month_day{day} + months{span.months};
    // A month that lacks the day ends on its last one: 31 January plus 1mo is 28 or 29 February.
    if (!date.ok()) date = date.year() / date.month() / last;
    at.micros = (sys_days{date} + (from - day)).time_since_epoch().count();
  }
  std::int64_t sum = 0;
  if (__builtin_add_overflow(at.micros, span.micros, &sum) || sum > last_micros) sum = last_micros;
  return {sum};
}

Timestamp system_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

}  // namespace lexecon
