#include "ledger/clock.hpp"

#include <doctest/doctest.h>

#include "unit/ledger/node.hpp"

using namespace lexecon;
using ledger::entry_time_of;

TEST_SUITE("ledger/clock") {
  constexpr std::int64_t second = 1'000'000;

  TEST_CASE("time goes on, stands still for a minute, and never back") {
    const Timestamp last{1'000 * second};
    const auto at = [&](std::int64_t micros) {
      return entry_time_of(Timestamp{last.micros + micros}, last, false);
    };
    CHECK(at(1).at == Timestamp{last.micros + 1});
    CHECK(at(0).at == last);
    CHECK(at(-1).at == last);
    CHECK(at(-60 * second).at == last);
    CHECK_FALSE(at(-60 * second).behind_seconds);
    CHECK(test::error_of([&] { at(-60 * second - 1); }).code() == ErrorCode::configuration);
  }

  TEST_CASE(
      "an accepted clock repeats the last time and says how far behind it is, in full seconds") {
    const Timestamp last{1'000 * second};
    const auto time = entry_time_of(Timestamp{last.micros - 60 * second - 1}, last, true);
    CHECK(time.at == last);
    CHECK(time.behind_seconds == 60);
    CHECK_FALSE(entry_time_of(Timestamp{last.micros - 60 * second}, last, true).behind_seconds);
    CHECK_FALSE(entry_time_of(Timestamp{last.micros + 1}, last, true).behind_seconds);
  }
}
