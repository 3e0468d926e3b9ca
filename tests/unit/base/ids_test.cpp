#include "base/ids.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "support/support.hpp"

namespace lexecon {
namespace {

/// Entropy that gives one byte for ever.
Entropy constant(std::uint8_t byte) {
  return Entropy([byte](std::span<std::uint8_t> out) { std::fill(out.begin(), out.end(), byte); });
}

TEST_SUITE("base/ids") {
  TEST_CASE("a ULID says its milliseconds and its random bits in Crockford's digits") {
    auto zero = constant(0);
    auto ones = constant(0xFF);
    CHECK(UlidMaker().next({0}, zero) == "00000000000000000000000000");
    CHECK(UlidMaker().next({0}, ones) == "0000000000ZZZZZZZZZZZZZZZZ");
    // The example of the ULID specification: 1469918176385 ms.
    CHECK(UlidMaker().next({1'469'918'176'385'000}, zero).substr(0, 10) == "01ARYZ6S41");
    CHECK(UlidMaker().next({281'474'976'710'655'999}, zero).substr(0, 10) == "7ZZZZZZZZZ");
  }

  TEST_CASE("the random part is all of the 80 bits") {
    auto entropy = Entropy([](std::span<std::uint8_t> out) {
      std::uint8_t next = 1;
      for (auto& byte : out) byte = next++;
    });
    // 01 02 03 04 05 06 07 08 09 0a in groups of five bits
    CHECK(UlidMaker().next({0}, entropy) == "0000000000041061050R3GG28A");
  }

  TEST_CASE("ids of one maker strictly increase, whatever the clock does") {
    test::Random random(1);
    auto entropy = test::seeded_entropy(1);
    UlidMaker maker;
    std::string last;
    std::int64_t clock = 1'700'000'000'000'000;
    for (int i = 0; i < 10'000; ++i) {
      clock += random.between(-3000, 3000);
      const std::string next = maker.next({clock}, entropy);
      REQUIRE(is_ulid(next));
      REQUIRE(last < next);
      last = next;
    }
  }

  TEST_CASE("inside one millisecond only the random part grows, by one") {
    auto entropy = constant(0);
    UlidMaker maker;
    CHECK(maker.next({5000}, entropy) == "00000000050000000000000000");
    CHECK(maker.next({5999}, entropy) == "00000000050000000000000001");
    CHECK(maker.next({1000}, entropy) == "00000000050000000000000002");
    CHECK(maker.next({6000}, entropy) == "00000000060000000000000000");
  }

  TEST_CASE("a maker that ran out says so and never repeats or goes back") {
    auto entropy = constant(0xFF);
    UlidMaker maker;
    const std::string last = maker.next({5000}, entropy);
    CHECK_THROWS_AS((void)maker.next({5000}, entropy), Error);
    CHECK_THROWS_AS((void)maker.next({5000}, entropy), Error);
    CHECK(maker.next({6000}, entropy) > last);
    CHECK_THROWS_AS((void)maker.next({-1}, entropy), Error);
    CHECK_THROWS_AS((void)maker.next({INT64_MAX}, entropy), Error);
  }

  TEST_CASE("the alphabets are exact") {
    const std::string good = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    CHECK(is_ulid(good));
    for (const char c : {'I', 'L', 'O', 'U', 'a', 'i', '_', '-', ' ', '\0', '\xC3'}) {
      std::string bad = good;
      bad[5] = c;
      CHECK_FALSE(is_ulid(bad));
    }
    CHECK_FALSE(is_ulid("81ARZ3NDEKTSV4RRFFQ69G5FAV"));
    CHECK_FALSE(is_ulid(good + "0"));
    CHECK_FALSE(is_ulid(good.substr(1)));
    CHECK(is_prefixed_ulid("dec_" + good, "dec_"));
    CHECK_FALSE(is_prefixed_ulid("dec_" + good, "rsk_"));
    CHECK_FALSE(is_prefixed_ulid(good, "dec_"));
  }

  TEST_CASE("names keep to their alphabet, first character and length") {
    using Check = bool (*)(std::string_view);
    struct Row {
      Check check;
      std::string good_rest, bad_first;
      std::size_t longest;
    };
    const std::vector<Row> rows = {{is_node_id, "az09._-", "._-A:/ ", 64},
                                   {is_origin, "az09._/-", "._/-A: ", 200},
                                   {is_code, "az09_.:-", "_.:-A/ ", 128}};
    for (const auto& row : rows) {
      CHECK(row.check("a" + row.good_rest));
      CHECK(row.check("0"));
      CHECK_FALSE(row.check(""));
      for (const char c : row.bad_first) CHECK_FALSE(row.check(std::string(1, c) + "a"));
      CHECK(row.check(std::string(row.longest, 'a')));
      CHECK_FALSE(row.check(std::string(row.longest + 1, 'a')));
      for (int c = 0; c < 256; ++c) {
        const char byte = static_cast<char>(c);
        const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        const bool known = letter || row.good_rest.find(byte) != std::string::npos;
        REQUIRE(row.check(std::string("a") + byte) == known);
      }
    }
  }

  TEST_CASE("free identifiers, audiences and hex keep to their alphabets") {
    const std::string signs = "._:@/+-";
    for (int c = 0; c < 256; ++c) {
      const char byte = static_cast<char>(c);
      const bool alnum = std::isalnum(c) != 0 && c < 128;
      REQUIRE(is_free_identifier(std::string(1, byte)) ==
              (alnum || signs.find(byte) != std::string::npos));
      REQUIRE(is_audience(std::string(1, byte)) == (c >= 0x21 && c <= 0x7E));
      REQUIRE(is_hex(std::string(1, byte), 1) ==
              (std::string("0123456789abcdef").find(byte) != std::string::npos));
    }
    CHECK(is_free_identifier(std::string(128, 'x')));
    CHECK_FALSE(is_free_identifier(std::string(129, 'x')));
    CHECK_FALSE(is_free_identifier(""));
    CHECK(is_audience(std::string(255, '~')));
    CHECK_FALSE(is_audience(std::string(256, '~')));
    CHECK_FALSE(is_audience(""));
    CHECK_FALSE(is_hex("abc", 4));
    CHECK(is_hex("", 0));
  }

  TEST_CASE("one byte that is no hex digit spoils a text of any length at any place") {
    const std::string known = "0123456789abcdef";
    for (std::size_t length = 1; length < 34; ++length) {
      for (std::size_t place = 0; place < length; ++place) {
        for (int c = 0; c < 256; ++c) {
          std::string text(length, known[length % known.size()]);
          text[place] = static_cast<char>(c);
          REQUIRE(is_hex(text, length) == (known.find(text[place]) != std::string::npos));
        }
      }
    }
  }

  TEST_CASE("event types are words joined by single points") {
    for (const auto* text : {"genesis", "policy.activated", "a.b.c", "_", "x_y.z_"}) {
      CHECK(is_event_type(text));
    }
    for (const auto* text : {"", ".", "a.", ".a", "a..b", "A", "a1", "a-b", "a b", "a.\n"}) {
      CAPTURE(text);
      CHECK_FALSE(is_event_type(text));
    }
  }
}

}  // namespace
}  // namespace lexecon
