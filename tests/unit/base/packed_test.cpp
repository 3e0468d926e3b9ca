#include "base/packed.hpp"

#include <doctest/doctest.h>

#include <optional>

#include "base/error.hpp"

using namespace lexecon;

TEST_SUITE("base/packed") {
  enum class Colour : std::uint8_t { red, green, blue };

  TEST_CASE("numbers are little-endian, texts carry their length, optionals a byte") {
    Packer packer;
    packer.number(0x0102, 2);
    packer.choice(Colour::blue);
    packer.text("ä");
    packer.optional(std::optional<int>(7),
                    [&](int value) { packer.byte(static_cast<std::uint8_t>(value)); });
    packer.optional(std::optional<int>(), [](int) { FAIL("there is no value"); });
    using namespace std::string_literals;
    CHECK(packer.bytes() == "\x02\x01\x02\x02\x00\x00\x00\xC3\xA4\x01\x07\x00"s);
    Unpacker unpacker(packer.bytes());
    CHECK(unpacker.number(2, 0, 0xFFFF) == 0x0102);
    CHECK(unpacker.choice(Colour::blue) == Colour::blue);
    CHECK(unpacker.text() == "ä");
    CHECK(unpacker.flag());
    CHECK(unpacker.number(1, 7, 7) == 7);
    CHECK_FALSE(unpacker.flag());
    CHECK_NOTHROW(unpacker.finish());
  }

  TEST_CASE("the largest number of eight bytes comes back") {
    Packer packer;
    packer.number(UINT64_MAX, 8);
    CHECK(Unpacker(packer.bytes()).number(8, 0, UINT64_MAX) == UINT64_MAX);
  }

  TEST_CASE("what is too short, too long or out of bounds is refused") {
    using namespace std::string_literals;
    const auto at = [](std::string_view bytes) { return Unpacker(bytes); };
    CHECK_THROWS_AS((void)at("\x01").number(2, 0, 9), Error);
    CHECK_THROWS_AS((void)at("\x04").number(1, 5, 9), Error);
    CHECK_THROWS_AS((void)at("\x0A").number(1, 5, 9), Error);
    CHECK_THROWS_AS((void)at("\x02").flag(), Error);
    CHECK_THROWS_AS((void)at("\x03").choice(Colour::blue), Error);
    CHECK_THROWS_AS((void)at("\x02\x00\x00\x00z"s).text(), Error);
    CHECK_THROWS_AS((void)at("\xFF\xFF\xFF\xFFz"s).text(), Error);
    CHECK_THROWS_AS((void)at("\x01\x00\x00\x00\x80"s).text(), Error);
    CHECK_THROWS_AS((void)at("\x02\x00\x00\x00zzz"s).count(2), Error);
    CHECK(at("\x02\x00\x00\x00zzzz"s).count(2) == 2);
    CHECK_THROWS_AS(at("z").finish(), Error);
  }
}
