#include "json/parse.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "base/error.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "support/support.hpp"

namespace lexecon {
namespace {

using json::parse;

struct Refusal {
  std::string where;
  std::string message;
};

Refusal refusal(std::string_view text, const std::string& name = "f") {
  try {
    (void)parse(text, name);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return {error.where(), error.what()};
  }
  return {"accepted", {}};
}

/// The cases of a file of ours, one a line; \xHH stands for a byte.
std::vector<std::string> cases(const std::string& file) {
  std::istringstream lines(test::slurp(test::data_file("json/" + file)));
  std::vector<std::string> out;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    for (auto at = line.find("\\x"); at != std::string::npos; at = line.find("\\x", at + 1)) {
      line.replace(at, 4, 1, static_cast<char>(std::stoi(line.substr(at + 2, 2), nullptr, 16)));
    }
    out.push_back(line);
  }
  return out;
}

std::string nested(std::size_t depth, char open, char close) {
  return std::string(depth, open) + std::string(depth, close);
}

TEST_SUITE("json/parse") {
  TEST_CASE("what is JSON is read") {
    const auto accepted = cases("accepted.txt");
    CHECK(accepted.size() >= 40);
    for (const auto& text : accepted) {
      CAPTURE(text);
      CHECK_NOTHROW((void)parse(text));
    }
  }

  TEST_CASE("what is not strictly JSON is refused, with its place") {
    const auto refused = cases("refused.txt");
    CHECK(refused.size() >= 90);
    for (const auto& text : refused) {
      CAPTURE(text);
      CHECK(refusal(text).where.starts_with("f:"));
    }
    CHECK(refusal("").where == "f:1:1");
  }

  TEST_CASE("a token's shape decides its type") {
    CHECK(parse("1").is_number_integer());
    CHECK(parse("-0").is_number_integer());
    CHECK(parse("-0") == 0);
    CHECK(parse("1.0").is_number_float());
    CHECK(parse("1e2").is_number_float());
    CHECK(parse("1E2") == 100.0);
    CHECK(parse("9007199254740991") == json::max_integer);
    CHECK(parse("-9007199254740991") == -json::max_integer);
    CHECK(parse("1e-400") == 0.0);
  }

  TEST_CASE("places are lines and columns") {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"{\"a\":1,\n \"a\":2}", "f:2:2"},
        {"{\"a\":1,\n\"b\":{\"c\":1,\"\\u0063\":2}}", "f:2:12"},
        {"[1,\n  9007199254740992]", "f:2:3"},
        {"[1,\n\n -9007199254740992 ]", "f:3:2"},
        {"[99999999999999999999]", "f:1:2"},
        {"[1, 18446744073709551615]", "f:1:5"},
        {"{\"a\":[1,2,]}", "f:1:11"},
        {"1 2", "f:1:3"},
        {"\xEF\xBB\xBF{}", "f:1:1"},
        {std::string("{\n\"a\":1}\0", 10), "f:2:7"},
        {"[[0], " + nested(64, '[', ']') + "]", "f:1:70"}};
    for (const auto& row : rows) {
      const auto& text = row.first;
      const auto& where = row.second;
      CAPTURE(text);
      CHECK(refusal(text).where == where);
    }
    CHECK(refusal("[", "").where == "1:2");
    CHECK(refusal("[", "a\nb").where == "a\\u{a}b:1:2");
  }

  TEST_CASE("messages name what was wrong, without the library's own words") {
    CHECK(refusal("{\"a\":1,\"a\":2}").message == "member `a` stands twice in one object");
    CHECK(refusal("[1e999]").message == "expected a number in the range of a double");
    for (const auto& text : cases("refused.txt")) {
      const std::string message = refusal(text).message;
      CAPTURE(message);
      CHECK(message.starts_with("expected ") != message.starts_with("member "));
      CHECK(message.find("exception") == std::string::npos);
      for (const char c : message) CHECK(static_cast<unsigned char>(c) >= 0x20);
    }
  }

  TEST_CASE("64 open containers pass, 65 do not, a million do no harm") {
    CHECK_NOTHROW((void)parse(nested(64, '[', ']')));
    CHECK(refusal(nested(65, '[', ']')).where == "f:1:65");
    CHECK(refusal(std::string(1'000'000, '[')).where == "f:1:65");
    std::string objects;
    for (int i = 0; i < 1'000'000; ++i) objects += "{\"a\":";
    CHECK(refusal(objects).where == "f:1:321");
    CHECK_NOTHROW((void)parse("[" + nested(63, '[', ']') + "," + nested(63, '[', ']') + "]"));
  }

  TEST_CASE("members are equal when their unescaped names are") {
    CHECK(refusal(R"({"a":1,"\u0061":2})").where == "f:1:8");
    CHECK(refusal(R"({"\ud83d\ude00":1,"😀":2})").where != "accepted");
    CHECK(refusal(R"({"":1,"":2})").where != "accepted");
    CHECK(parse(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})").size() == 2);
    CHECK(parse(R"({"a":1,"A":2,"a ":3})").size() == 3);
  }

  TEST_CASE("canonical input is told from every other spelling") {
    for (const auto* text : {"null", "0", "-1", "1.5", "1e+21", "\"\"", "[]", "{}",
                             R"({"a":[1,{"b":null}],"b":"\u0000\n"})", "{\"\xC3\xA9\":\"/\"}"}) {
      CAPTURE(text);
      CHECK(json::canonical(json::parse_canonical(text)) == text);
    }
    for (const auto* text :
         {" 1", "1 ", "1\n", "-0", "1.0", "1e2", "1e21", "1E+21", "0.10", "[1, 2]",
          "{\"b\":1,\"a\":2}", "\"\\/\"", "\"\\u0061\"", "\"\\u000a\"", "\"\\u001F\"", "{ }",
          "\"\\u00e9\"", "123456789012345680.0", "1e-400"}) {
      CAPTURE(text);
      CHECK_NOTHROW((void)parse(text));
      CHECK_THROWS_AS((void)json::parse_canonical(text), Error);
    }
    try {
      (void)json::parse_canonical("{\"a\":1,\n\"b\":2}", "entry");
      FAIL("white space was accepted");
    } catch (const Error& error) {
      CHECK(error.where() == "entry:1:8");
    }
  }

  TEST_CASE("a plain value has neither fractions nor U+0000, and the pointer says where") {
    CHECK_NOTHROW(json::require_plain(parse(R"({"a":[1,"x",null,true,{"b":-5}]})")));
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"1.5", "/data"},
        {R"({"a":[0,{"b/c~":1.0}]})", "/data/a/1/b~1c~0"},
        {R"(["x","\u0000"])", "/data/1"},
        {R"({"a\u0000b":1})", "/data/a\\u{0}b"},
        {R"({"a":{"b":1e2}})", "/data/a/b"}};
    for (const auto& row : rows) {
      const auto& text = row.first;
      const auto& where = row.second;
      CAPTURE(text);
      try {
        json::require_plain(parse(text), "/data");
        FAIL("accepted");
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::bad_input);
        CHECK(error.where() == where);
      }
    }
  }
}

}  // namespace
}  // namespace lexecon
