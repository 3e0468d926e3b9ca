#include "json/slices.hpp"

#include <doctest/doctest.h>

#include <string>

#include "json/canonical.hpp"
#include "json/json.hpp"

using namespace lexecon;

TEST_SUITE("json/slices") {
  TEST_CASE("every member of an object is found where it stands") {
    const Json value{{"a", nullptr},
                     {"braces", {{"}", "]"}, {"quote", "\"}"}, {"slash", "\\"}}},
                     {"empty", Json::object()},
                     {"list", {1, {2, "]"}, {{"x", "{"}}}},
                     {"no", false},
                     {"number", -12},
                     {"text", "a \"quoted\" { text \\"}};
    const std::string text = json::canonical(value);
    json::Slices members(text);
    std::size_t count = 0;
    while (const auto member = members.next()) {
      const std::string name(member->name);
      CAPTURE(name);
      CHECK(member->value == json::canonical(value.at(name)));
      CHECK(json::slice(text, name) == member->value);
      ++count;
    }
    CHECK(count == value.size());
    CHECK(json::slice(text, "absent").empty());
    CHECK(json::unquoted(json::slice(text, "text")) == R"(a \"quoted\" { text \\)");
    CHECK(json::unquoted(json::slice(text, "number")).empty());
  }

  TEST_CASE("what is no object has no members, and nothing is read past the end") {
    const std::string text = R"({"a":"b","c":{"d":[1,"]"]}})";
    for (std::size_t size = 0; size < text.size(); ++size) {
      // Bytes of their own, so that a reader past them is found.
      const std::string cut(text, 0, size);
      json::Slices members(cut);
      while (const auto member = members.next()) {
        CHECK(member->value.data() + member->value.size() <= cut.data() + cut.size());
      }
    }
    for (const char* other : {"", "[]", "null", "{}", "\"a\"", "{a:1}", "{\"a\"1}"}) {
      CAPTURE(other);
      CHECK_FALSE(json::Slices(other).next().has_value());
    }
  }
}
