#include "json/scan.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "support/json_values.hpp"

namespace lexecon {
namespace {

struct Verdict {
  bool canonical = false;
  bool plain = false;
};

/// By the parser and the writer.
Verdict verdict(const std::string& text) {
  Verdict result;
  try {
    const Json value = json::parse_canonical(text);
    result.canonical = true;
    json::require_plain(value);
    result.plain = true;
  } catch (const Error& error) {
    REQUIRE(error.code() == ErrorCode::bad_input);
  }
  return result;
}

void check_agreement(const std::string& text) {
  const Verdict expected = verdict(text);
  if (json::is_canonical(text) == expected.canonical &&
      json::is_plain_canonical(text) == expected.plain) {
    return;
  }
  CAPTURE(text);
  CHECK(json::is_canonical(text) == expected.canonical);
  CHECK(json::is_plain_canonical(text) == expected.plain);
}

TEST_SUITE("json/scan") {
  TEST_CASE("it agrees with the parser on every mutation of random values") {
    test::Random random(8);
    int canonical = 0;
    for (int i = 0; i < 4'000; ++i) {
      const std::string text = json::canonical(test::random_json(random, 3));
      check_agreement(text);
      for (int k = 0; k < 12; ++k) {
        const std::string changed = test::mutated(random, text);
        check_agreement(changed);
        if (json::is_canonical(changed)) ++canonical;
      }
    }
    // Both sides of the property were met.
    CHECK(canonical > 1'000);
    CHECK(canonical < 40'000);
  }

  TEST_CASE("it agrees with the parser at the edges") {
    for (const std::string text : {"",
                                   " ",
                                   "0",
                                   "-0",
                                   "00",
                                   "01",
                                   "-",
                                   "-1",
                                   "+1",
                                   "1.",
                                   ".1",
                                   "1.0",
                                   "1.5",
                                   "1.50",
                                   "1e5",
                                   "1e21",
                                   "1e+21",
                                   "1E+21",
                                   "1e-7",
                                   "0.000001",
                                   "1e-6",
                                   "5e-324",
                                   "1e-400",
                                   "1e999",
                                   "9007199254740991",
                                   "9007199254740992",
                                   "-9007199254740991",
                                   "-9007199254740992",
                                   "99999999999999999999999",
                                   "9007199254740992.0",
                                   "1e+20",
                                   "nul",
                                   "null",
                                   "nullx",
                                   "true",
                                   "false",
                                   "True",
                                   "\"",
                                   "\"a",
                                   "\"\\",
                                   "\"\\u",
                                   "\"\\u0000\"",
                                   "\"\\u0008\"",
                                   "\"\\b\"",
                                   "\"\\u001f\"",
                                   "\"\\u001F\"",
                                   "\"\\u0020\"",
                                   "\"\\/\"",
                                   "\"/\"",
                                   "\"\\x\"",
                                   "\"\x7F\"",
                                   "\"\x1F\"",
                                   "\"\xC3\xA9\"",
                                   "\"\xC3\"",
                                   "\"\xED\xA0\x80\"",
                                   "\"\\ud83d\\ude00\"",
                                   "[",
                                   "[]",
                                   "[1",
                                   "[1,]",
                                   "[,1]",
                                   "[1,2]",
                                   "[1 ,2]",
                                   "[]]",
                                   "{",
                                   "{}",
                                   "{\"a\"}",
                                   "{\"a\":}",
                                   "{\"a\":1}",
                                   "{\"a\":1,}",
                                   "{\"a\":1,\"a\":2}",
                                   "{\"b\":1,\"a\":2}",
                                   "{\"a\":1,\"b\":2}",
                                   "{\"\\n\":1,\"\\u000b\":2,\"\\f\":3,\"\\\"\":4,\"\\\\\":5}",
                                   "{\"\\r\":1,\"\\n\":2}",
                                   "{\"\\\\\":1,\"a\":2}",
                                   "{\"a\":1,\"\\\\\":2}",
                                   "{1:2}",
                                   "{\"\\u0000\":1}",
                                   "{\"\xEF\xAC\xB3\":1,\"\xF0\x9F\x98\x80\":2}",
                                   "{\"\xF0\x9F\x98\x80\":2,\"\xEF\xAC\xB3\":1}",
                                   "\xEF\xBB\xBF{}",
                                   "1,2",
                                   "[1]\n"}) {
      check_agreement(text);
    }
    check_agreement(std::string("1\0", 2));
    check_agreement(std::string("\0", 1));
    for (const std::size_t depth : {64U, 65U, 100'000U}) {
      check_agreement(std::string(depth, '[') + std::string(depth, ']'));
    }
    CHECK(json::is_canonical(std::string(64, '[') + std::string(64, ']')));
    CHECK_FALSE(json::is_canonical(std::string(65, '[') + std::string(65, ']')));
  }
}

}  // namespace
}  // namespace lexecon
