#include "json/edit.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "support/json_values.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("json/edit");

namespace lexecon::json {
namespace {

TEST_CASE("a member is put before the others, and nothing else changes") {
  CHECK(with_member("{}", {}, "a", 1) == "{\n  \"a\": 1\n}");
  CHECK(with_member(" { } \n", {}, "a", {{"b", 1}}) == " {\n  \"a\": {\n    \"b\": 1\n  }\n} \n");
  CHECK(with_member("{\n\t\"x\" : 1.50 }", {}, "a", 1) == "{\n\t\"a\": 1,\n  \"x\" : 1.50 }");
  CHECK(with_member(R"({"}": "\"{", "p": {}})", {"p"}, "a", 1) ==
        "{\"}\": \"\\\"{\", \"p\": {\n    \"a\": 1\n  }}");
  CHECK(with_member(R"({"\u0070":{"x":[1,{"y":2}]}})", {"p", "x", "1"}, "a", nullptr) ==
        "{\"\\u0070\":{\"x\":[1,{\"a\": null,\n        \"y\":2}]}}");
}

TEST_CASE("an element is put behind the others") {
  CHECK(with_element("[]", {}, 1) == "[\n  1\n]");
  CHECK(with_element("{\"a\":[ 1 , 2 ]}", {"a"}, {3}) ==
        "{\"a\":[ 1 , 2,\n    [\n      3\n    ] ]}");
}

TEST_CASE("what is taken out leaves the others as they stand") {
  CHECK(without("[1, 2 ,3]", {"0"}) == "[2 ,3]");
  CHECK(without("[1, 2 ,3]", {"1"}) == "[1, 3]");
  CHECK(without("[1, 2 ,3 ]", {"2"}) == "[1, 2 ]");
  CHECK(without("{ \"a\" : [ 1 ] }", {"a", "0"}) == "{ \"a\" : [] }");
  CHECK(without("{ \"a\" : [ 1 ] }", {"a"}) == "{}");
}

TEST_CASE("a place that is not there, or is of another kind, is refused") {
  CHECK_THROWS_AS(static_cast<void>(with_member("[]", {}, "a", 1)), Error);
  CHECK_THROWS_AS(static_cast<void>(with_element("{}", {}, 1)), Error);
  CHECK_THROWS_AS(static_cast<void>(with_member("{}", {"a"}, "b", 1)), Error);
  CHECK_THROWS_AS(static_cast<void>(with_member("{\"a\":7}", {"a"}, "b", 1)), Error);
  CHECK_THROWS_AS(static_cast<void>(without("[1]", {"1"})), Error);
  CHECK_THROWS_AS(static_cast<void>(without("7", {"a"})), Error);
  CHECK_THROWS_AS(static_cast<void>(without("{", {"a"})), Error);
}

// Every text is the canonical one with blanks put in; the library's own editing says what is meant.
TEST_CASE("random values are edited as they are edited in memory") {
  const auto seed = test::first_seed();
  CAPTURE(seed);
  test::Random random(seed);

  for (int round = 0; round < 400 * test::rounds(); ++round) {
    const auto inner = test::random_json(random, 3);
    const Json document{{"list", Json::array({inner, 1, inner})}, {"o", {{"x\"y", inner}}}};
    const auto text = document.dump(static_cast<int>(random.between(-1, 3)));
    auto meant = document;
    meant["o"]["new"] = inner;
    CHECK(parse(with_member(text, {"o"}, "new", inner)) == meant);
    CHECK(parse(without(with_member(text, {"o"}, "new", inner), {"o", "new"})) == document);
    meant = document;
    meant["list"].push_back(inner);
    CHECK(without(with_element(text, {"list"}, inner), {"list", "3"}) == text);
    CHECK(parse(with_element(text, {"list"}, inner)) == meant);
  }
}

}  // namespace
}  // namespace lexecon::json

TEST_SUITE_END();
