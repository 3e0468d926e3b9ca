#include "unit/cel/expression.hpp"

#include "cel/describe.hpp"
#include "cel/spell.hpp"
#include "json/json.hpp"

namespace lexecon::test {
namespace {

const std::vector<std::string>& leaves() {
  static const std::vector<std::string> all{"0",
                                            "1",
                                            "-1",
                                            "2u",
                                            "1.5",
                                            "-0.0",
                                            "9223372036854775807",
                                            "-9223372036854775808",
                                            "0x1F",
                                            "true",
                                            "false",
                                            "null",
                                            "'a'",
                                            "\"b\\n\"",
                                            "r'\\d'",
                                            "b'\\xff'",
                                            "''",
                                            "[]",
                                            "{}",
                                            "x",
                                            "y",
                                            "z",
                                            "nobody",
                                            "x.a",
                                            "x.none",
                                            "y[0]",
                                            "int",
                                            "timestamp(0)",
                                            "duration('1h')",
                                            "'2020'",
                                            "double('nan')",
                                            "x.`a`",
                                            ".z"};
  return all;
}

std::string binary(Random& random, int depth) {
  static const std::vector<std::string> signs{
      "+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "in", "&&", "||"};
  return random_expression(random, depth) + " " + random.pick(signs) + " " +
         random_expression(random, depth);
}

std::string call(Random& random, int depth) {
  static const std::vector<std::string> functions{
      "size", "type", "dyn", "int", "uint", "double", "bool", "bytes", "string", "f", "timestamp"};
  static const std::vector<std::string> methods{
      "size()",     "startsWith('a')", "contains('')", "matches('a+|b')",
      "getHours()", "getDate('CET')",  "g(1)"};
  if (random.chance(50)) {
    return random.pick(functions) + "(" + random_expression(random, depth) + ")";
  }
  return "(" + random_expression(random, depth) + ")." + random.pick(methods);
}

std::string comprehension(Random& random, int depth) {
  static const std::vector<std::string> macros{"all", "exists", "exists_one", "map", "filter"};
  static const std::vector<std::string> variables{"x", "z", "each"};
  const auto range = random.chance(60)
                         ? random.pick(std::vector<std::string>{"y", "x", "[1, 2, 3]"})
                         : "(" + random_expression(random, depth) + ")";
  return range + "." + random.pick(macros) + "(" + random.pick(variables) + ", " +
         random_expression(random, depth) + ")";
}

std::string collection(Random& random, int depth) {
  const auto item = [&] { return random_expression(random, depth); };
  if (random.chance(50)) return "[" + item() + ", " + item() + "]";
  return "{" + item() + ": " + item() + ", 'k': " + item() + "}";
}

}  // namespace

std::string random_expression(Random& random, int depth) {
  if (depth <= 0) return random.pick(leaves());
  const int below = depth - 1;
  switch (random.between(0, 9)) {
    case 0:
      return random.pick(leaves());
    case 1:
      return call(random, below);
    case 2:
      return comprehension(random, below);
    case 3:
      return collection(random, below);
    case 4:
      return random.pick(std::vector<std::string>{"!", "-", "!!", "--", "- "}) + "(" +
             random_expression(random, below) + ")";
    case 5:
      return "(" + random_expression(random, below) + " ? " + random_expression(random, below) +
             " : " + random_expression(random, below) + ")";
    case 6:
      return "(" + random_expression(random, below) + ")" +
             random.pick(std::vector<std::string>{".a", "[0]", "['a']", ".`b c`"});
    default:
      return "(" + binary(random, below) + ")";
  }
}

namespace {

const cel::Names& names() {
  static const cel::Names all{{"x", "y", "z", "nobody"}, std::nullopt, std::nullopt};
  return all;
}

cel::Program compiled(std::string_view source) {
  auto made = cel::compile(source, names(), cel::Mode::lenient);
  if (const auto* problems = std::get_if<std::vector<cel::Problem>>(&made)) {
    throw cel::to_error(source, problems->front());
  }
  return std::move(std::get<cel::Program>(made));
}

}  // namespace

Evaluated::Evaluated(std::string_view source, std::uint32_t limit) : program_(compiled(source)) {
  static const Json map = {{"a", 1}, {"b", "text"}, {"c", {1, 2.5, nullptr}}};
  static const Json list = {3, "a", true, 1.5};
  const std::vector<cel::Value> slots{cel::Value::json(map), cel::Value::json(list),
                                      cel::Value::integer(7)};
  outcome_ = cel::evaluate(program_, names(), slots, arena_, limit);
}

std::string Evaluated::text() const {
  if (!outcome_.value.is_error()) return cel::to_text(outcome_.value, 100'000);
  return "error: " + cel::describe(program_, outcome_.value.failure()).message;
}

}  // namespace lexecon::test
