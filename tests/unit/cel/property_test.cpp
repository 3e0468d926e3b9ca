// What holds for every expression.
#include <doctest/doctest.h>

#include "cel/parse.hpp"
#include "cel/spell.hpp"
#include "cel/unparse.hpp"
#include "unit/cel/expression.hpp"

using namespace lexecon;
using test::Evaluated;
using test::Random;
using test::random_expression;

namespace {

/// The tree with every bracket, whatever the text was.
std::string tree(const cel::Ast& ast, cel::NodeId id) {
  const auto& node = ast.nodes[id];
  std::string out = "(" + std::to_string(static_cast<int>(node.op)) + (node.rooted ? "." : "");
  if (node.op == cel::Op::literal) {
    out += std::string(cel::type_name(node.literal.kind())) + cel::to_text(node.literal);
  } else {
    out += " " + std::string(node.name);
  }
  for (const auto operand : ast.operands_of(id)) out += tree(ast, operand);
  return out + ")";
}

cel::Ast parsed(const std::string& source) { return std::get<cel::Ast>(cel::parse(source)); }
std::string tree(const cel::Ast& ast) { return tree(ast, ast.root()); }

/// Whatever else fails, the same fails: only the failure that is told may be another.
std::string told(const std::string& source) {
  const auto text = Evaluated(source).text();
  return text.starts_with("error: ") ? "error" : text;
}

/// Runs `check` for expressions that differ with the seed.
template <class Check>
void for_expressions(int count, Check check) {
  const auto seed = test::first_seed();
  CAPTURE(seed);
  Random random(seed);
  for (int i = 0; i < count * test::rounds(); ++i) check(random);
}

}  // namespace

TEST_SUITE_BEGIN("cel/property");

TEST_CASE("an expression that is written back is the same expression") {
  for_expressions(1000, [](Random& random) {
    const auto source = random_expression(random, static_cast<int>(random.between(0, 6)));
    CAPTURE(source);
    const auto ast = parsed(source);
    const auto text = cel::unparse(ast);
    CAPTURE(text);
    CHECK(tree(parsed(text)) == tree(ast));
    CHECK(cel::unparse(parsed(text)) == text);
    CHECK(Evaluated(text).text() == Evaluated(source).text());
  });
}

TEST_CASE("evaluation never throws, costs what it may, and is repeatable") {
  std::size_t values = 0;
  std::size_t failures = 0;
  for_expressions(1000, [&](Random& random) {
    const auto source = random_expression(random, static_cast<int>(random.between(0, 6)));
    CAPTURE(source);
    const Evaluated once(source);
    const Evaluated twice(source);
    CHECK(once.text() == twice.text());
    CHECK(once.outcome().cost == twice.outcome().cost);
    CHECK(once.outcome().cost >= 1);
    CHECK(once.outcome().cost <= cel::max_cost);
    ++(once.outcome().value.is_error() ? failures : values);
  });
  CHECK(values > 100);
  CHECK(failures > 100);
}

TEST_CASE("a lower limit changes nothing but what it breaks off") {
  for_expressions(500, [](Random& random) {
    const auto source = random_expression(random, 5);
    CAPTURE(source);
    const Evaluated whole(source);
    const auto cost = whole.outcome().cost;
    CHECK(Evaluated(source, cost).text() == whole.text());
    if (cost == 1) return;
    const auto limit = static_cast<std::uint32_t>(random.between(1, cost - 1));
    CHECK(Evaluated(source, limit).text() == "error: the evaluation costs more than it may");
  });
}

TEST_CASE("the operands of && and || may change places") {
  for_expressions(600, [](Random& random) {
    const auto one = "(" + random_expression(random, 3) + ")";
    const auto other = "(" + random_expression(random, 3) + ")";
    for (const std::string sign : {" && ", " || "}) {
      CAPTURE(one + sign + other);
      CHECK(told(one + sign + other) == told(other + sign + one));
    }
  });
}

TEST_CASE("the laws of the operators hold for any operands") {
  for_expressions(300, [](Random& random) {
    const auto a = "(" + random_expression(random, 3) + ")";
    const auto b = "(" + random_expression(random, 3) + ")";
    CAPTURE(a + " and " + b);
    CHECK(told(a + " != " + b) == told("!(" + a + " == " + b + ")"));
    CHECK(told(a + " == " + b) == told(b + " == " + a));
    CHECK(told(a + " < " + b) == told(b + " > " + a));
    CHECK(told(a + " <= " + b) == told(b + " >= " + a));
    CHECK(told("!(" + a + " && " + b + ")") == told("!" + a + " || !" + b));
    CHECK(told(a + " in [" + b + "]") == told(a + " == " + b));
  });
}

TEST_CASE("a value that is written back is the same value") {
  for_expressions(1000, [](Random& random) {
    const Evaluated first(random_expression(random, 4));
    if (first.outcome().value.is_error()) return;
    const auto text = first.text();
    CAPTURE(text);
    CHECK(Evaluated(text).text() == text);
    CHECK(Evaluated("type(" + text + ")").text() == cel::type_name(first.outcome().value.kind()));
  });
}

TEST_SUITE_END();
