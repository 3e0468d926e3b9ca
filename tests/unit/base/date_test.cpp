#include "base/date.hpp"

#include <doctest/doctest.h>

namespace lexecon {
namespace {

Date day(std::string_view text) {
  const auto date = parse_date(text);
  REQUIRE(date);
  return *date;
}

TEST_SUITE("base/date") {
  TEST_CASE("a day is read in one shape, and only where it exists") {
    CHECK(to_text(day("2026-11-21")) == "2026-11-21");
    CHECK(to_text(day("2028-02-29")) == "2028-02-29");
    for (const auto* text :
         {"", "2026-1-01", "2027-02-29", "2026-13-01", "2026-00-10", "1969-12-31", "2026-11-21T",
          "+2026-11-21", "2026-11-31", "2026/11/21"}) {
      CAPTURE(text);
      CHECK_FALSE(parse_date(text));
    }
  }

  TEST_CASE("a moment has the day that it is then in UTC") {
    const auto last = entry_time("2026-12-01T23:59:59.999999Z");
    REQUIRE(last);
    CHECK(date_of(*last) == day("2026-12-01"));
    CHECK(date_of({last->micros + 1}) == day("2026-12-02"));
    CHECK(start_of(day("2026-12-02")).micros == last->micros + 1);
  }

  TEST_CASE("months are those of the calendar") {
    CHECK(plus_months(day("2026-08-31"), 6) == day("2027-02-28"));
    CHECK(plus_months(day("2027-08-31"), 6) == day("2028-02-29"));
    CHECK(plus_months(day("2026-11-21"), 120) == day("2036-11-21"));
    CHECK(plus_months(day("2027-01-31"), -6) == day("2026-07-31"));
    CHECK(plus_months(day("2026-12-01"), 1) == day("2027-01-01"));
  }

  TEST_CASE("six months are never the 180 days that some take them for") {
    for (std::int32_t i = 0; i < 366; ++i) {
      const auto from = plus_days(day("2026-01-01"), i);
      CAPTURE(to_text(from));
      CHECK(plus_months(from, 6) > plus_days(from, 180));
      CHECK(plus_days(plus_days(from, 400), -400) == from);
    }
  }
}

}  // namespace
}  // namespace lexecon
