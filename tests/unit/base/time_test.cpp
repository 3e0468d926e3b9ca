#include "base/time.hpp"

#include <doctest/doctest.h>

#include "support/support.hpp"

namespace lexecon {
namespace {

constexpr std::int64_t last_micros = 253'402'300'799'999'999;
constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 86'400 * second;

Timestamp at(std::string_view text) { return entry_time(text).value(); }

std::string plus(std::string_view text, std::string_view span) {
  return to_text(at(text) + parse_span(span).value());
}

TEST_SUITE("base/time") {
  TEST_CASE("known points in time read and write") {
    const std::vector<std::pair<std::int64_t, std::string>> rows = {
        {0, "1970-01-01T00:00:00.000000Z"},
        {1, "1970-01-01T00:00:00.000001Z"},
        {951'782'400 * second, "2000-02-29T00:00:00.000000Z"},
        {1'709'164'800 * second, "2024-02-29T00:00:00.000000Z"},
        {2'147'483'648 * second, "2038-01-19T03:14:08.000000Z"},
        {4'107'542'400 * second, "2100-03-01T00:00:00.000000Z"},
        {last_micros, "9999-12-31T23:59:59.999999Z"}};
    for (const auto& [micros, text] : rows) {
      CHECK(to_text({micros}) == text);
      CHECK(entry_time(text) == Timestamp{micros});
    }
  }

  TEST_CASE("random times come back, and their texts sort like them") {
    test::Random random(1);
    std::string last_text;
    Timestamp last;
    for (int i = 0; i < 2000; ++i) {
      const Timestamp now{random.between(0, last_micros)};
      const std::string text = to_text(now);
      REQUIRE(entry_time(text) == now);
      REQUIRE(token_time(to_text_seconds(now)) == Timestamp{now.micros / second * second});
      if (!last_text.empty()) REQUIRE((last < now) == (last_text < text));
      last = now;
      last_text = text;
    }
  }

  TEST_CASE("an entry time has one shape and a real date") {
    for (const auto* text : {"",
                             "2026-01-01T00:00:00Z",
                             "2026-01-01T00:00:00.00000Z",
                             "2026-01-01T00:00:00.0000000Z",
                             "2026-01-01t00:00:00.000000Z",
                             "2026-01-01T00:00:00.000000z",
                             "2026-01-01T00:00:00,000000Z",
                             "2026-01-01 00:00:00.000000Z",
                             "2026-13-01T00:00:00.000000Z",
                             "2026-00-01T00:00:00.000000Z",
                             "2026-02-29T00:00:00.000000Z",
                             "2100-02-29T00:00:00.000000Z",
                             "2026-04-31T00:00:00.000000Z",
                             "2026-01-00T00:00:00.000000Z",
                             "2026-01-01T24:00:00.000000Z",
                             "2026-01-01T00:60:00.000000Z",
                             "2026-12-31T23:59:60.000000Z",
                             "1969-12-31T23:59:59.999999Z",
                             "2026-01-01T00:00:00.000000+00:00",
                             "+026-01-01T00:00:00.000000Z",
                             "2026-01-01T00:00:00.00000-Z",
                             "2026-01-01T00:00:0\xd9\xa0.000000Z",
                             " 2026-01-01T00:00:00.000000Z",
                             "2026-01-01T00:00:00.000000Z ",
                             "2026-1-01T00:00:00.0000000Z",
                             "20260-01-1T00:00:00.000000Z"}) {
      CAPTURE(text);
      CHECK_FALSE(entry_time(text));
    }
  }

  TEST_CASE("every byte at every place of an entry time is what the text of that time has") {
    const std::string good = "2027-11-14T15:19:26.535897Z";
    const std::string marks = "-T:.Z";
    for (std::size_t place = 0; place < good.size(); ++place) {
      std::size_t accepted = 0;
      for (int byte = 0; byte < 256; ++byte) {
        std::string text = good;
        text[place] = static_cast<char>(byte);
        const auto time = entry_time(text);
        if (!time) continue;
        ++accepted;
        REQUIRE(to_text(*time) == text);
      }
      CAPTURE(place);
      // A mark stands alone; of digits, the calendar and the clock leave some out.
      CHECK((accepted == 1) == (marks.find(good[place]) != std::string::npos));
    }
  }

  TEST_CASE("a token time has one shape and is cut, not rounded") {
    CHECK(to_text_seconds({1'999'999}) == "1970-01-01T00:00:01Z");
    CHECK(token_time("2026-02-28T23:59:59Z"));
    for (const auto* text : {"2026-02-28T23:59:59.000000Z", "2026-02-28T23:59:59", "2026-02-28",
                             "2026-02-29T00:00:00Z", "2026-02-28T23:59:59+0", ""}) {
      CAPTURE(text);
      CHECK_FALSE(token_time(text));
    }
  }

  TEST_CASE("people may write any offset and up to six digits of a second") {
    const Timestamp noon = at("2026-06-01T12:00:00.000000Z");
    for (const auto* text : {"2026-06-01T12:00:00Z", "2026-06-01T12:00:00.0Z",
                             "2026-06-01T14:00:00+02:00", "2026-06-01T06:30:00.000000-05:30",
                             "2026-06-01T12:00:00-00:00", "2026-06-02T11:59:00+23:59"}) {
      CAPTURE(text);
      CHECK(parse_time(text) == noon);
    }
    CHECK(parse_time("2026-06-01T12:00:00.25Z") == Timestamp{noon.micros + 250'000});
    CHECK(parse_time("2026-06-01T12:00:00.000001Z") == Timestamp{noon.micros + 1});
    for (const auto* text :
         {"2026-06-01T12:00:00", "2026-06-01", "2026-06-01T12:00Z", "2026-06-01T12:00:00.Z",
          "2026-06-01T12:00:00.0000001Z", "2026-06-01T12:00:00+0200", "2026-06-01T12:00:00+02",
          "2026-06-01T12:00:00+24:00", "2026-06-01T12:00:00+02:60", "2026-06-01T12:00:00 Z",
          "2026-06-01T12:00:00ZZ", "1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
          "2026-06-31T12:00:00Z", "now", ""}) {
      CAPTURE(text);
      CHECK_FALSE(parse_time(text));
    }
  }

  TEST_CASE("a span is a whole number and one unit") {
    const std::vector<std::pair<std::string, Span>> rows = {{"90s", {0, 90 * second}},
                                                            {"5m", {0, 300 * second}},
                                                            {"12h", {0, 43'200 * second}},
                                                            {"30d", {0, 30 * day}},
                                                            {"2w", {0, 14 * day}},
                                                            {"6mo", {6, 0}},
                                                            {"1y", {12, 0}},
                                                            {"1s", {0, second}},
                                                            {"8030y", {96'360, 0}},
                                                            {"2932896d", {0, 2'932'896 * day}}};
    for (const auto& row : rows) {
      const auto& text = row.first;
      const auto& span = row.second;
      CAPTURE(text);
      CHECK(parse_span(text) == span);
    }
    for (const auto* text : {"",
                             "0s",
                             "00s",
                             "01s",
                             "-1s",
                             "+1s",
                             "1",
                             "s",
                             "1 s",
                             " 1s",
                             "1s ",
                             "1.5h",
                             "1h30m",
                             "1S",
                             "1M",
                             "1min",
                             "1ms",
                             "1e3s",
                             "0x1s",
                             "1,0s",
                             "99999999999999999999s",
                             "9223372036854775807y",
                             "8031y",
                             "96361mo",
                             "2932898d",
                             "9223372036854775807s",
                             "\xd9\xa1s"}) {
      CAPTURE(text);
      CHECK_FALSE(parse_span(text));
    }
  }

  TEST_CASE("months go by the calendar and end on the last day of a short month") {
    CHECK(plus("2026-01-31T10:00:00.000001Z", "1mo") == "2026-02-28T10:00:00.000001Z");
    CHECK(plus("2024-01-31T10:00:00.000000Z", "1mo") == "2024-02-29T10:00:00.000000Z");
    CHECK(plus("2024-02-29T10:00:00.000000Z", "1y") == "2025-02-28T10:00:00.000000Z");
    CHECK(plus("2026-08-31T23:59:59.999999Z", "6mo") == "2027-02-28T23:59:59.999999Z");
    CHECK(plus("2026-12-15T00:00:00.000000Z", "1mo") == "2027-01-15T00:00:00.000000Z");
    CHECK(plus("2026-01-31T10:00:00.000000Z", "1d") == "2026-02-01T10:00:00.000000Z");
  }

  TEST_CASE("a sum stops at the end of year 9999") {
    CHECK(plus("9999-12-31T00:00:00.000000Z", "1d") == "9999-12-31T23:59:59.999999Z");
    CHECK(plus("9999-12-31T00:00:00.000000Z", "1mo") == "9999-12-31T23:59:59.999999Z");
    CHECK(plus("9000-01-01T00:00:00.000000Z", "8030y") == "9999-12-31T23:59:59.999999Z");
    CHECK((Timestamp{last_micros} + Span{0, INT64_MAX}) == Timestamp{last_micros});
  }

  TEST_CASE("the system clock stands after this was written") {
    CHECK(system_now() > at("2024-01-01T00:00:00.000000Z"));
    CHECK(entry_time(to_text(system_now())));
  }
}

}  // namespace
}  // namespace lexecon
