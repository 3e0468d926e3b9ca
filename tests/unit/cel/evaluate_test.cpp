#include "cel/evaluate.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <iostream>

#include "cel/describe.hpp"
#include "cel/spell.hpp"
#include "json/json.hpp"
#include "support/allocations.hpp"
#include "unit/cel/expression.hpp"

using namespace lexecon;
using test::Evaluated;

namespace {

std::uint32_t cost(std::string_view source) { return Evaluated(source).outcome().cost; }
std::string value(std::string_view source) { return Evaluated(source).text(); }

const cel::Names& policy_names() {
  static const cel::Names all{{"actor", "context", "risk"}, 1, std::nullopt};
  return all;
}

std::string times(int count, const std::string& text) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

constexpr std::string_view too_costly = "error: the evaluation costs more than it may";

}  // namespace

TEST_SUITE_BEGIN("cel/evaluate");

TEST_CASE("each visit of a node costs one") {
  CHECK(cost("1") == 1);
  CHECK(cost("1 + 2") == 3);
  CHECK(cost("z == 7 && z < 8") == 7);
  CHECK(cost("true ? 1 : 2 + 3") == 3);
  CHECK(cost("false ? 1 : 2 + 3") == 5);
  CHECK(cost("true || 1 + 1 == 2") == 2);
  CHECK(cost("size('abc')") == 2);
  CHECK(cost("x.a") == 2);
}

TEST_CASE("a literal list costs what its parts cost, though it is made once") {
  CHECK(cost("[1, 2, 3]") == 4);
  CHECK(cost("{'a': [1], 'b': 2}") == 6);
  CHECK(cost("[z, 2, 3]") == 4);
  CHECK(cost("z in [1, 2, 3]") == 6);
}

TEST_CASE("each element of a comprehension costs one and its predicate") {
  CHECK(cost("[].all(e, true)") == 2);
  CHECK(cost("[1, 2, 3].all(e, true)") == 1 + 4 + 3 * 2);
  CHECK(cost("[1, 2, 3].exists(e, e == 2)") == 1 + 4 + 2 * 4);
  CHECK(cost("[1, 2].map(e, e)") == 1 + 3 + 2 * 2);
}

TEST_CASE("each whole 64 bytes or elements that are touched cost one more") {
  const auto text = "'" + std::string(63, 'a') + "'";
  const auto longer = "'" + std::string(64, 'a') + "'";
  CHECK(cost(text + " == " + text) == 3);
  CHECK(cost(longer + " == " + longer) == 4);
  CHECK(cost("'' + " + longer) == 4);
  CHECK(cost(longer + " + " + longer) == 5);
  CHECK(cost(longer + ".contains('b')") == 4);
  CHECK(cost("9 in [" + times(64, "1, ") + "]") == 2 + 65 + 1);
}

TEST_CASE("a search costs by the size of its pattern") {
  const auto text = "'" + std::string(640, 'a') + "'";
  CHECK(cost(text + ".matches('b')") == 3 + 10);
  CHECK(cost(text + ".matches('(ab|cd|ef|gh|ij|kl|mn|op|qr|st)')") > 3 + 10);
}

TEST_CASE("what costs more than it may is an error that nothing absorbs") {
  CHECK(Evaluated("1 + 2", 3).text() == "3");
  CHECK(Evaluated("1 + 2", 2).text() == too_costly);
  const std::string slow = "y.all(a, y.all(b, y.all(c, y.all(d, true))))";
  for (const auto& source : {slow + " || true", "true ? " + slow + " : false", "!(" + slow + ")",
                             "[1].exists(e, " + slow + " || true)"}) {
    CAPTURE(source);
    CHECK_FALSE(Evaluated(source).outcome().value.is_error());
    const Evaluated broken(source, 100);
    CHECK(broken.text() == too_costly);
    CHECK(broken.outcome().cost == 100);
  }
}

TEST_CASE("no expression takes long or much memory") {
  const std::string many = "[" + times(2000, "1, ") + "]";
  const auto nested = [&](const std::string& inside) {
    return many + ".exists(a, " + many + ".exists(b, " + inside + "))";
  };
  for (const auto& source :
       {nested("a + b == 0"), nested(many + ".map(c, 1 / 0) == []"),
        nested("[1 / 0, " + many + "] == []"),
        many + ".map(a, " + many + ")" + times(20, ".map(a, a + a)"),
        "['" + std::string(1000, 'a') + "']" + times(30, ".map(t, t + t)"),
        "[[1]]" + times(100, ".map(t, [t, t])") + " == [[1]]" + times(100, ".map(t, [t, t])"),
        "['" + std::string(30'000, 'a') + "'].all(t, " + many + ".all(i, !t.matches('(a|aa)+$b')))",
        nested("'a'.matches('a' + string(a))")}) {
    CAPTURE(source.substr(0, 200));
    const auto start = std::chrono::steady_clock::now();
    const Evaluated evaluated(source);
    CHECK(evaluated.outcome().cost <= cel::max_cost);
    CHECK(evaluated.text() == too_costly);
    // Far beyond what it takes, and far below what a loop without end would.
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
  }
}

TEST_CASE("comparisons of scalars take no memory") {
  const auto program = std::get<cel::Program>(cel::compile(
      R"(context.purpose == "support" && context.amount < 5000 && risk.score <= 50.5 &&
         context.retry != true && has(context.purpose) && actor.startsWith("actor:") &&
         actor in ["actor:a", "actor:bot"] && (context.amount > 7u ? true : false))",
      policy_names(), cel::Mode::strict));
  const Json context = {{"amount", 1200}, {"purpose", "support"}, {"retry", false}};
  const Json risk = {{"score", 12}};
  cel::Arena arena;
  const auto before = test::allocations();
  const std::array slots{cel::Value::text("actor:bot"), cel::Value::json(context),
                         cel::Value::json(risk)};
  const auto outcome = cel::evaluate(program, policy_names(), slots, arena);
  CHECK(test::allocations() == before);
  CHECK(outcome.value.as_boolean());
}

TEST_CASE("the counter of memory counts") {
  const auto before = test::allocations();
  const std::string text(100, 'a');
  CHECK(test::allocations() == before + 1);
}

TEST_CASE("a value of JSON is what it is in the language") {
  const Json json = {{"i", 5},    {"whole", 5.0}, {"real", 5.5},   {"large", 1e300}, {"s", "text"},
                     {"b", true}, {"n", nullptr}, {"l", {1, "a"}}, {"m", {{"k", 2}}}};
  const cel::Names names{{"json"}, 0, std::nullopt};
  const auto check = [&](std::string_view source) {
    const auto program = std::get<cel::Program>(cel::compile(source, names, cel::Mode::strict));
    cel::Arena arena;
    const std::array slots{cel::Value::json(json)};
    return cel::to_text(cel::evaluate(program, names, slots, arena).value);
  };
  CHECK(check("[type(i), type(whole), type(real), type(large)]") == "[int, int, double, double]");
  CHECK(check("[type(s), type(b), type(n), type(l), type(m)]") ==
        "[string, bool, null_type, list, map]");
  CHECK(check("l + [m.k, size(json)]") == R"([1, "a", 2, 9])");
  CHECK(check("json == json && l == [1.0, 'a'] && m == {'k': 2u}") == "true");
  CHECK(check("json.map(k, k)") == R"(["b", "i", "l", "large", "m", "n", "real", "s", "whole"])");
}

TEST_CASE("a context key of another type than is declared is an error") {
  cel::Names names = policy_names();
  names.declared = {{"amount", cel::JsonType::integer},
                    {"limit", cel::JsonType::number},
                    {"purpose", cel::JsonType::text},
                    {"tags", cel::JsonType::list}};
  const Json context = {{"amount", "5"}, {"limit", 5}, {"purpose", 7}, {"tags", {1}}};
  const auto check = [&](std::string_view source) {
    const auto program = std::get<cel::Program>(cel::compile(source, names, cel::Mode::strict));
    cel::Arena arena;
    const std::array slots{cel::Value(), cel::Value::declared(context), cel::Value()};
    const auto outcome = cel::evaluate(program, names, slots, arena);
    if (!outcome.value.is_error()) return cel::to_text(outcome.value);
    return cel::describe(program, outcome.value.failure()).message;
  };
  const std::string wrong =
      "the context key `\"amount\"` has not the type that is declared, but string";
  CHECK(check("amount == '5'") == wrong);
  CHECK(check("context.amount == '5'") == wrong);
  CHECK(check("context['amount'] == '5'") == wrong);
  CHECK(check("context['amo' + 'unt'] == '5'") == wrong);
  CHECK(check("has(context.amount) && limit > 4.5 && tags[0] == 1") == "true");
  CHECK(check("purpose == 'a' || limit == 5") == "true");
}

TEST_CASE("an absent variable is an error, a member that is asked for is not") {
  CHECK(value("nobody") == "error: `nobody` has no value");
  CHECK(value("has(nobody.a)") == "error: `nobody` has no value");
  CHECK(value("has(x.zzz)") == "false");
  CHECK(value("x.zzz") == "error: no such key: `\"zzz\"`");
}

TEST_SUITE_END();
