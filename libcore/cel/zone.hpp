// Time zones for the accessors of timestamps.
//
// Shapes   "UTC"; "+HH:MM", "-HH:MM", "HH:MM"; a name of the tz database: "Europe/Berlin"
// Units    seconds east of UTC
// Source   the table in cel/zones, part of the program: a decision must not depend on the machine
//          that makes it or that checks it. Before 1970 a zone keeps its offset at the start of 1970.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lexecon::cel {

/// One of the two days a year on which a rule changes the clock, as POSIX writes it: Mm.w.d/time.
struct ChangeDay {
  int month = 0;
  int week = 0;                // 5 is the last
  int day = 0;                 // 0 is Sunday
  std::int64_t second = 7200;  // of that day, on the clock before the change
};

struct Zone {
  struct Change {
    std::int64_t at;
    std::int64_t offset;
  };
  std::int64_t offset = 0;      // before the first change
  std::vector<Change> changes;  // ascending
  // From the last change on; `summer` differs from `winter` between the two days.
  std::int64_t winter = 0;
  std::int64_t summer = 0;
  std::array<ChangeDay, 2> days;  // to summer, and back

  /// `seconds` since 1970 in UTC.
  [[nodiscard]] std::int64_t offset_at(std::int64_t seconds) const;
};

/// Nothing when there is no such zone.
[[nodiscard]] std::optional<Zone> zone_called(std::string_view name);

}  // namespace lexecon::cel
