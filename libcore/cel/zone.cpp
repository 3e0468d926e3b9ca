#include "cel/zone.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "cel/moment.hpp"

namespace lexecon::cel {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;

[[noreturn]] void bad_table() {
  throw Error(ErrorCode::internal,
              "expected the table of time zones that the program was made with");
}

std::string_view table() {
  for (const auto& file : embedded_files()) {
    if (file.path == "libcore/cel/zones/zones.txt") return file.bytes;
  }
  bad_table();
}

/// What stands after the name in its line; nothing when there is no line. The lines ascend.
std::optional<std::string_view> entry(std::string_view name) {
  std::string_view rest = table();
  rest.remove_prefix(std::min(rest.find('\n') + 1, rest.size()));  // what the table is
  while (!rest.empty()) {
    const auto middle = rest.rfind('\n', rest.size() / 2);
    const auto start = middle == std::string_view::npos ? 0 : middle + 1;
    const auto line = rest.substr(start, rest.find('\n', start) - start);
    const auto known = line.substr(0, line.find(' '));
    if (known == name) return line.substr(known.size() + 1);
    if (name < known) {
      rest = rest.substr(0, start);
    } else {
      rest.remove_prefix(std::min(start + line.size() + 1, rest.size()));
    }
  }
  return std::nullopt;
}

/// Reads a text from the left.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] bool eat(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::int64_t number() {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc()) bad_table();
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }
  std::string_view word() {
    const auto word = rest_.substr(0, rest_.find(' '));
    rest_.remove_prefix(std::min(word.size() + 1, rest_.size()));
    return word;
  }
  /// "CET", "<+05>"
  void skip_abbreviation() {
    const auto end =
        rest_.starts_with('<') ? rest_.find('>') + 1 : rest_.find_first_of("0123456789+-,");
    rest_.remove_prefix(std::min(end, rest_.size()));
  }
  /// "[+-]hh[:mm[:ss]]"
  std::int64_t clock() {
    const bool negative = eat('-');
    if (!negative) static_cast<void>(eat('+'));
    std::int64_t seconds = number() * 3600;
    if (eat(':')) seconds += number() * 60;
    if (eat(':')) seconds += number();
    return negative ? -seconds : seconds;
  }
  [[nodiscard]] char front() const { return rest_.empty() ? '\0' : rest_.front(); }

 private:
  std::string_view rest_;
};

ChangeDay change_day(Scanner& scanner) {
  ChangeDay day;
  if (!scanner.eat(',') || !scanner.eat('M')) bad_table();
  day.month = static_cast<int>(scanner.number());
  if (!scanner.eat('.')) bad_table();
  day.week = static_cast<int>(scanner.number());
  if (!scanner.eat('.')) bad_table();
  day.day = static_cast<int>(scanner.number());
  if (scanner.eat('/')) day.second = scanner.clock();
  return day;
}

/// "EST5EDT,M3.2.0,M11.1.0": offsets count west of UTC, summer is an hour ahead unless it says so.
void read_rule(Zone& zone, std::string_view text) {
  Scanner scanner(text);
  scanner.skip_abbreviation();
  zone.winter = zone.summer = -scanner.clock();
  if (scanner.done()) return;
  scanner.skip_abbreviation();
  zone.summer = scanner.front() == ',' ? zone.winter + 3600 : -scanner.clock();
  zone.days[0] = change_day(scanner);
  zone.days[1] = change_day(scanner);
  if (!scanner.done()) bad_table();
}

Zone read_zone(std::string_view text) {
  Zone zone;
  Scanner words(text);
  zone.offset = Scanner(words.word()).number();
  std::int64_t offset = zone.offset;
  std::int64_t before = offset;
  for (auto word = words.word();; word = words.word()) {
    if (words.done()) {
      read_rule(zone, word);
      return zone;
    }
    Scanner change(word);
    const auto at = change.number();
    const auto after = change.eat('=') ? change.number() : before;
    zone.changes.push_back({at, after});
    before = offset;
    offset = after;
  }
}

/// The second of `year`, in UTC, at which the clock of a zone that is `offset` ahead changes.
std::int64_t change_in(int year, const ChangeDay& day, std::int64_t offset) {
  using namespace std::chrono;
  const month month{static_cast<unsigned>(day.month)};
  const weekday weekday{static_cast<unsigned>(day.day)};
  const sys_days date =
      day.week == 5
          ? sys_days{std::chrono::year{year} / month / weekday[last]}
          : sys_days{std::chrono::year{year} / month / weekday[static_cast<unsigned>(day.week)]};
  return date.time_since_epoch().count() * seconds_per_day + day.second - offset;
}

std::optional<Zone> fixed_zone(std::string_view name) {
  const auto text = name.starts_with('+') || name.starts_with('-') ? name.substr(1) : name;
  const auto digit = [text](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
    return std::nullopt;
  }
  const auto two = [text](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  if (two(0) > 23 || two(3) > 59) return std::nullopt;
  const std::int64_t offset = (name.starts_with('-') ? -1 : 1) * (two(0) * 3600 + two(3) * 60);
  Zone zone;
  zone.offset = zone.winter = zone.summer = offset;
  return zone;
}

}  // namespace

std::int64_t Zone::offset_at(std::int64_t seconds) const {
  if (!changes.empty() && seconds < changes.back().at) {
    const auto after = std::upper_bound(
        changes.begin(), changes.end(), seconds,
        [](std::int64_t wanted, const Change& change) { return wanted < change.at; });
    return after == changes.begin() ? offset : std::prev(after)->offset;
  }
  if (changes.empty() && seconds < 0) return offset;
  if (winter == summer) return winter;
  const auto year = static_cast<int>(civil(seconds + winter).year);
  const auto to_summer = change_in(year, days[0], winter);
  const auto to_winter = change_in(year, days[1], summer);
  if (to_summer < to_winter) {
    return seconds >= to_summer && seconds < to_winter ? summer : winter;
  }
  return seconds >= to_winter && seconds < to_summer ? winter : summer;
}

std::optional<Zone> zone_called(std::string_view name) {
  if (const auto fixed = fixed_zone(name)) return fixed;
  auto text = entry(name);
  if (!text) return std::nullopt;
  if (text->find(' ') == std::string_view::npos) text = entry(*text);  // another name
  if (!text) bad_table();
  return read_zone(*text);
}

}  // namespace lexecon::cel
