#include "policy/lint_satisfy.hpp"

#include <doctest/doctest.h>

#include <array>

#include "cel/condition.hpp"
#include "cel/evaluate.hpp"
#include "cel/parse.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("policy/lint_satisfy");

namespace lexecon::policy {
namespace {

cel::Program compiled(const std::string& source) {
  auto ast = cel::parse(source);
  REQUIRE(std::holds_alternative<cel::Ast>(ast));
  auto program =
      cel::compile(std::move(std::get<cel::Ast>(ast)), cel::condition_names(), cel::Mode::strict);
  REQUIRE(std::holds_alternative<cel::Program>(program));
  return std::move(std::get<cel::Program>(program));
}

bool possible(const std::string& source, const std::vector<Known>& known = {}) {
  const auto program = compiled(source);
  const auto* const pointer = &program;
  return can_hold(std::span(&pointer, 1), known);
}

TEST_CASE("contradictions of one variable are found") {
  for (const std::string source : {
           "false",
           "!true",
           "context.a == 1 && context.a == 2",
           "context.a < 3 && context.a > 5",
           "context.a < 3 && 3 <= context.a",
           "context.a > 1 && !(context.a >= 1)",
           "a == 1 && context[\"a\"] != 1",
           "request.context.a == 'x' && context.a == 'y'",
           "tool in ['a', 'b'] && tool in ['c']",
           "tool in []",
           "tool == 'a' && (tool == 'b' || tool != 'a')",
           "tool.startsWith('a:') && tool == 'b'",
           "tool.startsWith('a:') && !tool.startsWith('a')",
           "tool == 'a' && tool > 3 && tool == 4",
           "has(context.a) && !has(context.a)",
           "tool.matches('x') && !tool.matches('x')",
           "(tool == 'a' ? false : tool == 'a')",
           "context.a == null && context.a == true",
           "!(tool == 'a' || tool != 'a')",
       }) {
    CAPTURE(source);
    CHECK_FALSE(possible(source));
  }
}

TEST_CASE("what may be true is never called impossible") {
  for (const std::string source : {
           "true",
           "context.a > 3 && context.a < 4",
           "context.a >= 3 && context.a <= 3",
           "context.a == 1 && context.b == 2",
           "context.a == 1 || context.a == 2",
           "tool != 'a' && tool != 'b'",
           "tool.startsWith('a') && tool != 'a'",
           "tool.matches('x') && !tool.matches('y')",
           "tool > 'a' && tool < 'b'",
           "size(data_classes) > 3 && size(data_classes) < 2",
           "(tool == 'a' ? false : true)",
           "!(context.a in [1, 2])",
           "context.a == context.b && context.a != 1",
           "now < timestamp('2026-01-01T00:00:00Z') && now > timestamp('2025-01-01T00:00:00Z')",
       }) {
    CAPTURE(source);
    CHECK(possible(source));
  }
}

TEST_CASE("what a pattern says counts, too") {
  CHECK_FALSE(possible("actor == 'actor:b'", {{"actor", "actor:a"}}));
  CHECK_FALSE(possible("actor == 'actor:b:c'", {{"actor", "actor:a:*"}}));
  CHECK_FALSE(possible("actor.startsWith('actor:b')", {{"actor", "actor:a"}}));
  CHECK(possible("actor == 'actor:a:c'", {{"actor", "actor:a:*"}}));
  CHECK(possible("actor.startsWith('actor:a:b')", {{"actor", "actor:a:*"}}));
}

/// A condition over declared_risk, 0 to 4, and tool, one of four texts.
std::string random_condition(test::Random& random, int depth) {
  const auto number = [&] { return std::to_string(random.between(0, 4)); };
  const auto text = [&] { return "'" + random.pick<std::string>({"a", "ab", "b", "c"}) + "'"; };
  switch (depth > 0 ? random.between(0, 9) : random.between(5, 9)) {
    case 0:
    case 1:
      return "(" + random_condition(random, depth - 1) + " && " +
             random_condition(random, depth - 1) + ")";
    case 2:
      return "(" + random_condition(random, depth - 1) + " || " +
             random_condition(random, depth - 1) + ")";
    case 3:
      return "!" + random_condition(random, 0);
    case 4:
      return "(" + random_condition(random, 0) + " ? " + random_condition(random, depth - 1) +
             " : " + random_condition(random, depth - 1) + ")";
    case 5:
      return "(declared_risk " + random.pick<std::string>({"<", "<=", ">", ">=", "==", "!="}) +
             " " + number() + ")";
    case 6:
      return "(" + number() + " " + random.pick<std::string>({"<", ">=", "!="}) + " declared_risk)";
    case 7:
      return "(tool " + random.pick<std::string>({"==", "!="}) + " " + text() + ")";
    case 8:
      return "(tool in [" + text() + ", " + text() + "])";
    default:
      return "tool.startsWith(" + text() + ")";
  }
}

TEST_CASE("a condition is impossible just when no value makes it true") {
  const auto names = cel::condition_names();
  int impossible = 0;
  for (int round = 0; round < 2'000 * test::rounds(); ++round) {
    const auto seed = test::first_seed() + static_cast<std::uint64_t>(round);
    test::Random random(seed);
    const auto source = random_condition(random, 3);
    CAPTURE(seed);
    CAPTURE(source);
    const auto program = compiled(source);
    bool any = false;
    for (const std::string_view tool : {"a", "ab", "abz", "b", "bz", "c", "cz", "z"}) {
      for (int risk = -1; risk <= 5 && !any; ++risk) {
        // Between whole numbers, too: nothing says that a risk is one.
        for (const auto& value : {cel::Value::integer(risk), cel::Value::real(risk + 0.5)}) {
          cel::Bindings bindings;
          bindings[cel::Variable::tool] = cel::Value::text(tool);
          bindings[cel::Variable::declared_risk] = value;
          cel::Arena arena;
          const auto result = cel::evaluate(program, names, bindings.slots(), arena).value;
          any = any || (result.is(cel::Kind::boolean) && result.as_boolean());
        }
      }
    }
    const auto* const pointer = &program;
    CHECK(can_hold(std::span(&pointer, 1), {}) == any);
    if (!any) ++impossible;
  }
  CHECK(impossible > 50);
}

}  // namespace
}  // namespace lexecon::policy

TEST_SUITE_END();
