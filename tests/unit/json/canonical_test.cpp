#include "json/canonical.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "support/json_values.hpp"

namespace lexecon {
namespace {

using json::canonical;
using json::parse;

TEST_SUITE("json/canonical") {
  TEST_CASE("every character is written right at every place of a text") {
    for (std::size_t size = 1; size < 20; ++size) {
      for (std::size_t at = 0; at < size; ++at) {
        for (int c = 0; c < 0x80; ++c) {
          std::string text(size, 'a');
          text[at] = static_cast<char>(c);
          const auto written = json::canonical(text);
          if (written != Json(text).dump()) FAIL_CHECK(size << " " << at << " " << c);
        }
        const auto beyond = std::string(at, 'a') + "\u00e9" + std::string(size - at, 'b');
        CHECK(json::canonical(beyond) == "\"" + beyond + "\"");
        auto broken = std::string(size, 'a');
        broken[at] = '\xE9';
        CHECK_THROWS_AS((void)json::canonical(broken), Error);
      }
    }
  }

  TEST_CASE("our own pairs come out byte for byte") {
    int count = 0;
    for (const auto& file : std::filesystem::directory_iterator(test::data_file("jcs/input"))) {
      const auto name = file.path().filename();
      CAPTURE(name);
      const std::string expected = test::slurp(test::data_file("jcs/output") / name);
      CHECK(canonical(parse(test::slurp(file.path()))) == expected);
      ++count;
    }
    CHECK(count == 5);
  }

  TEST_CASE("numbers are written as ECMAScript writes them") {
    const std::vector<std::pair<double, std::string>> rows = {
        {0.0, "0"},
        {-0.0, "0"},
        {1.0, "1"},
        {-1.5, "-1.5"},
        {100.0, "100"},
        {1e20, "100000000000000000000"},
        {1e21, "1e+21"},
        {1.5e300, "1.5e+300"},
        {123456789012345680000.0, "123456789012345680000"},
        {1e-6, "0.000001"},
        {1e-7, "1e-7"},
        {1.25e-7, "1.25e-7"},
        {0.1, "0.1"},
        {333333333.3333333, "333333333.3333333"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {4.35, "4.35"},
        {0.002, "0.002"},
        {1e23, "1e+23"}};
    for (const auto& [value, text] : rows) CHECK(json::number_text(value) == text);
    for (const double value : {std::numeric_limits<double>::infinity(),
                               -std::numeric_limits<double>::infinity(), std::nan("")}) {
      CHECK_THROWS_AS((void)json::number_text(value), Error);
      CHECK_THROWS_AS((void)canonical(value), Error);
      CHECK_THROWS_AS((void)json::normalised(value), Error);
    }
  }

  TEST_CASE("a text that reads as an integer keeps to the integers of a double") {
    CHECK(canonical(parse("9007199254740991.0")) == "9007199254740991");
    CHECK(canonical(parse("-9.007199254740991e15")) == "-9007199254740991");
    CHECK(canonical(parse("1e21")) == "1e+21");
    CHECK(canonical(parse("-1e300")) == "-1e+300");
    for (const auto* text :
         {"9007199254740992.0", "1e16", "-1e16", "1e20", "999999999999999900000.0"}) {
      CAPTURE(text);
      CHECK_THROWS_AS((void)canonical(parse(text)), Error);
      CHECK_THROWS_AS((void)json::normalised(parse(text)), Error);
    }
    CHECK_THROWS_AS((void)canonical(Json(json::max_integer + 1)), Error);
    CHECK_THROWS_AS((void)canonical(Json(-json::max_integer - 1)), Error);
    CHECK_THROWS_AS((void)canonical(Json(UINT64_MAX)), Error);
    CHECK_THROWS_AS((void)canonical(Json(INT64_MIN)), Error);
    CHECK(canonical(Json(std::uint64_t{9'007'199'254'740'991})) == "9007199254740991");
  }

  TEST_CASE("only what must be escaped is") {
    std::string all;
    for (char c = 0; c < 0x20; ++c) all += c;
    CHECK(canonical(all) ==
          "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e"
          "\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a"
          "\\u001b\\u001c\\u001d\\u001e\\u001f\"");
    CHECK(canonical("\"\\/<>&'\x7F\xC2\x80\xE2\x80\xA8") ==
          "\"\\\"\\\\/<>&'\x7F\xC2\x80\xE2\x80\xA8\"");
    for (const auto* text : {"\xFF", "a\xC3", "\xED\xA0\x80", "\xC0\x80", "\xF4\x90\x80\x80"}) {
      CHECK_THROWS_AS((void)canonical(text), Error);
      CHECK_THROWS_AS((void)canonical(Json{{text, 1}}), Error);
      CHECK_THROWS_AS((void)json::normalised(text), Error);
    }
  }

  TEST_CASE("members go by UTF-16 code units, not by bytes") {
    // U+FB33 is EF AC B3, U+1F600 is F0 9F 98 80 and D83D DE00: the longer one sorts first.
    CHECK(canonical(parse("{\"\xEF\xAC\xB3\":1,\"\xF0\x9F\x98\x80\":2,\"z\":3}")) ==
          "{\"z\":3,\"\xF0\x9F\x98\x80\":2,\"\xEF\xAC\xB3\":1}");
    CHECK(canonical(parse("{\"b\":1,\"\":2,\"aa\":3,\"a\":4}")) ==
          "{\"\":2,\"a\":4,\"aa\":3,\"b\":1}");
    CHECK(json::utf16_less("\xED\x9F\xBF", "\xF0\x90\x80\x80"));
    CHECK(json::utf16_less("\xF4\x8F\xBF\xBF", "\xEE\x80\x80"));
    CHECK_FALSE(json::utf16_less("\xEE\x80\x80", "\xF4\x8F\xBF\xBF"));
    CHECK_FALSE(json::utf16_less("a", "a"));
    CHECK(json::utf16_less("a", "a\xF0\x90\x80\x80"));
  }

  TEST_CASE("the order agrees with UTF-16 spelt out") {
    const auto units = [](const std::string& text) {
      std::u16string out;
      for (std::size_t at = 0; at < text.size();) {
        const auto read = utf8_at(text, at).value();
        at += read.length;
        if (read.point < 0x10000) {
          out += static_cast<char16_t>(read.point);
        } else {
          out += static_cast<char16_t>(0xD800 + ((read.point - 0x10000) >> 10U));
          out += static_cast<char16_t>(0xDC00 + ((read.point - 0x10000) & 0x3FFU));
        }
      }
      return out;
    };
    test::Random random(6);
    for (int i = 0; i < 20'000; ++i) {
      const std::string a = test::random_text(random);
      const std::string b = test::random_text(random);
      REQUIRE(json::utf16_less(a, b) == (units(a) < units(b)));
    }
  }

  TEST_CASE("writing what was read of what was written changes nothing") {
    test::Random random(7);
    for (int i = 0; i < 10'000; ++i) {
      const Json value = test::random_json(random, 4);
      const std::string text = canonical(value);
      const Json again = parse(text);
      REQUIRE(canonical(again) == text);
      REQUIRE(json::parse_canonical(text) == again);
      const Json normal = json::normalised(value);
      REQUIRE(normal == again);
      // Equality takes 1 for 1.0: the dumps also compare the types.
      REQUIRE(normal.dump() == again.dump());
    }
  }

  TEST_CASE("normalised values have the type of their text") {
    CHECK(json::normalised(1.0).is_number_integer());
    CHECK(json::normalised(-0.0).dump() == "0");
    CHECK(json::normalised(1e21).is_number_float());
    CHECK(json::normalised(1.5).is_number_float());
    CHECK(json::normalised(parse(R"({"a":[1.0,{"b":2.50}]})")).dump() == R"({"a":[1,{"b":2.5}]})");
  }

  TEST_CASE("the depth limit is the reader's") {
    Json value = 1;
    for (int i = 0; i < 64; ++i) value = i % 2 == 0 ? Json::array({value}) : Json{{"a", value}};
    CHECK(parse(canonical(value)) == value);
    CHECK(json::normalised(value) == value);
    const Json deeper = Json::array({value});
    CHECK_THROWS_AS((void)canonical(deeper), Error);
    CHECK_THROWS_AS((void)json::normalised(deeper), Error);
  }

  TEST_CASE("bytes that JSON cannot say are our own mistake") {
    try {
      (void)canonical(Json::binary({1, 2}));
      FAIL("binary was written");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::internal);
    }
  }
}

}  // namespace
}  // namespace lexecon
