#include "base/bytes.hpp"

#include <doctest/doctest.h>

#include "support/support.hpp"

namespace lexecon {
namespace {

TEST_SUITE("base/bytes") {
  TEST_CASE("the vectors of RFC 4648 go both ways") {
    struct Row {
      std::string bytes, hex, base64, base64url;
    };
    const std::vector<Row> rows = {{"", "", "", ""},
                                   {"f", "66", "Zg==", "Zg"},
                                   {"fo", "666f", "Zm8=", "Zm8"},
                                   {"foo", "666f6f", "Zm9v", "Zm9v"},
                                   {"foob", "666f6f62", "Zm9vYg==", "Zm9vYg"},
                                   {"fooba", "666f6f6261", "Zm9vYmE=", "Zm9vYmE"},
                                   {"foobar", "666f6f626172", "Zm9vYmFy", "Zm9vYmFy"},
                                   {"\xfb\xff\xfe", "fbfffe", "+//+", "-__-"}};
    for (const auto& row : rows) {
      CAPTURE(row.hex);
      CHECK(to_hex(row.bytes) == row.hex);
      CHECK(from_hex(row.hex) == row.bytes);
      CHECK(to_base64(row.bytes) == row.base64);
      CHECK(from_base64(row.base64) == row.bytes);
      CHECK(to_base64url(row.bytes) == row.base64url);
      CHECK(from_base64url(row.base64url) == row.bytes);
    }
  }

  TEST_CASE("a decoder takes no text that its encoder would not have written") {
    for (const auto* text : {"A", "0", "0g", "AB", "aA", " 00", "00 ", "0x00", "00\n"}) {
      CAPTURE(text);
      CHECK_FALSE(from_hex(text));
    }
    for (const auto* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm 9", "Zm9v\n", "====", "=",
                             "Z===", "Zg==Zg==", "-__-", "Zm9v====", "A=AA", "AA=A"}) {
      CAPTURE(text);
      CHECK_FALSE(from_base64(text));
    }
    for (const auto* text : {"Z", "Zg==", "Zh", "Zm9", "+//+", "Zm8=", "Zg ", "Zm9vY", "=", "_9"}) {
      CAPTURE(text);
      CHECK_FALSE(from_base64url(text));
    }
  }

  TEST_CASE("every change of one character is refused or gives other bytes") {
    const std::string bytes = test::seeded_entropy(1).bytes(64);
    const std::string url = to_base64url(bytes);
    for (std::size_t i = 0; i < url.size(); ++i) {
      for (int c = 0; c < 256; ++c) {
        std::string changed = url;
        changed[i] = static_cast<char>(c);
        if (changed == url) continue;
        const auto decoded = from_base64url(changed);
        REQUIRE((!decoded || (*decoded != bytes && to_base64url(*decoded) == changed)));
      }
    }
  }

  TEST_CASE("random bytes of every length come back") {
    auto entropy = test::seeded_entropy(2);
    for (std::size_t length = 0; length < 200; ++length) {
      const std::string bytes = entropy.bytes(length);
      CHECK(from_hex(to_hex(bytes)) == bytes);
      CHECK(from_base64(to_base64(bytes)) == bytes);
      CHECK(from_base64url(to_base64url(bytes)) == bytes);
    }
  }

  TEST_CASE("a hash is 32 bytes or 64 lower-case digits and nothing else") {
    const std::string raw = test::seeded_entropy(3).bytes(32);
    const auto hash = hash_from_bytes(raw);
    REQUIRE(hash);
    CHECK(hash->view() == raw);
    CHECK(hash_from_hex(hash->hex()) == hash);
    CHECK_FALSE(hash_from_bytes(raw.substr(1)));
    CHECK_FALSE(hash_from_bytes(raw + "x"));
    CHECK_FALSE(hash_from_hex(hash->hex().substr(2)));
    CHECK_FALSE(hash_from_hex(hash->hex() + "00"));
    CHECK_FALSE(hash_from_hex(std::string(64, 'A')));
    CHECK(hash_from_hex(std::string(64, 'a')));
  }

  TEST_CASE("every byte at every place of a hash's digits is read as the decoder of hex reads it") {
    const std::string digits = to_hex(test::seeded_entropy(4).bytes(32));
    for (std::size_t place = 0; place < digits.size(); ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text = digits;
        text[place] = static_cast<char>(byte);
        const auto raw = from_hex(text);
        const auto hash = hash_from_hex(text);
        REQUIRE(hash.has_value() == raw.has_value());
        if (raw) REQUIRE(hash->view() == *raw);
      }
    }
  }
}

}  // namespace
}  // namespace lexecon
