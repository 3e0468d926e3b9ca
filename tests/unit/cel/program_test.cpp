#include "cel/program.hpp"

#include <doctest/doctest.h>

#include "cel/describe.hpp"
#include "cel/reads.hpp"

using namespace lexecon;

namespace {

/// As a policy has them: a request's variables, and a context that may be declared.
cel::Names names() { return {{"actor", "context", "risk"}, 1, std::nullopt}; }

cel::Names declared() {
  cel::Names out = names();
  out.declared = {{"amount", cel::JsonType::integer}, {"purpose", cel::JsonType::text}};
  return out;
}

/// Every problem as "<column> <message>", one a line.
std::string problems(std::string_view source, const cel::Names& names, cel::Mode mode) {
  const auto compiled = cel::compile(source, names, mode);
  const auto* found = std::get_if<std::vector<cel::Problem>>(&compiled);
  std::string out;
  if (found == nullptr) return out;
  for (const auto& problem : *found) {
    out += std::to_string(cel::place_of(source, problem.at).column) + " " + problem.message + "\n";
  }
  return out;
}

std::string strict(std::string_view source) { return problems(source, names(), cel::Mode::strict); }

std::string reads(std::string_view source) {
  const auto names = ::names();
  const auto program = std::get<cel::Program>(cel::compile(source, names, cel::Mode::lenient));
  std::string out;
  for (const auto& read : cel::reads_of(program, names)) {
    if (!out.empty()) out += ' ';
    if (read.is_test) out += '?';
    if (read.is_guarded) out += '+';
    out += read.name;
    if (!read.key.empty()) out += "." + std::string(read.key);
  }
  return out;
}

}  // namespace

TEST_SUITE_BEGIN("cel/program");

TEST_CASE("a policy's expression is refused for what can never work, with its place") {
  CHECK(strict("actor == 'a' && context.x > 1 && anything") == "");
  CHECK(strict("siz(actor)") == "1 unknown function `siz`, did you mean `size`?\n");
  CHECK(strict("true && actor.sise() > 1") == "15 unknown function `sise`, did you mean `size`?\n");
  CHECK(strict("size()") == "1 `size` takes 1 argument, found 0\n");
  CHECK(strict("now.getHours('UTC', 1)") == "5 `getHours` takes 0 or 1 arguments, found 2\n");
  CHECK(strict("contains(actor, 'a')") == "1 expected `value.contains()`\n");
  CHECK(strict("actor.int()") == "7 expected `int(value)`\n");
  CHECK(strict("actor.matches(actor)") ==
        "15 expected a literal pattern, so that it can be checked here\n");
  CHECK(strict("actor.matches('[')").starts_with("15 expected a regular expression: "));
  CHECK(strict("timestamp(0).getHours('Mars/Base') == 1") ==
        "23 no time zone is called `Mars/Base`\n");
  CHECK(strict("context.x.all(x)") == "11 expected `value.all(name, expression)`\n");
  CHECK(strict("f(g(1)) || h()") ==
        "1 unknown function `f`\n3 unknown function `g`\n12 unknown function `h`\n");
}

TEST_CASE("what is no expression is refused in both modes") {
  for (const auto mode : {cel::Mode::strict, cel::Mode::lenient}) {
    CHECK(problems("1 +", names(), mode) == "4 expected an expression, found the end\n");
    CHECK(problems("a &", names(), mode) == "3 expected `&&`, found `&`\n");
  }
  CHECK(problems("f(1) + g()", names(), cel::Mode::lenient) == "");
}

TEST_CASE("with a declared context every key that is read by name is declared") {
  const auto check = [](std::string_view source) {
    return problems(source, declared(), cel::Mode::strict);
  };
  CHECK(check("amount > 1 && context.purpose == 'a' && context['amount'] == 2") == "");
  CHECK(check("amuont > 1") == "1 unknown name `amuont`, did you mean `amount`?\n");
  CHECK(check("context.purpos == 'a'") ==
        "9 the context declares no `purpos`, did you mean `purpose`?\n");
  CHECK(check("has(context.x) || context['y'] == 1") ==
        "13 the context declares no `x`\n27 the context declares no `y`\n");
  CHECK(check("[{'x': 1}].all(context, context.x == 1)") == "");
  CHECK(check("risk.anything == 1") == "");
}

TEST_CASE("without a context a name that nobody binds is refused") {
  const cel::Names bare{{"actor"}, std::nullopt, std::nullopt};
  CHECK(problems("aktor == 'a'", bare, cel::Mode::strict) ==
        "1 unknown name `aktor`, did you mean `actor`?\n");
  CHECK(problems("[1].all(item, itme > 0)", bare, cel::Mode::strict) ==
        "15 unknown name `itme`, did you mean `item`?\n");
}

TEST_CASE("the reads of an expression are its variables and their members") {
  CHECK(reads("1 + 2") == "");
  CHECK(reads("actor == 'a' && risk.score < 50") == "actor risk.score");
  CHECK(reads("context.a.b[0] == context['c'] || d == 1") == "context.a context.c context.d");
  CHECK(reads("context[actor]") == "context actor");
  CHECK(reads("[1].exists(x, x == a)") == "context.a");
  CHECK(reads("[actor].all(actor, actor == 'a')") == "actor");
  CHECK(reads("type(1) == int") == "");
}

TEST_CASE("a read is guarded where a test of its key decides otherwise") {
  CHECK(reads("has(context.a) && context.a > 1") == "?+context.a +context.a");
  CHECK(reads("context.a > 1 && has(context.a)") == "+context.a ?+context.a");
  CHECK(reads("has(context.a) || context.a > 1") == "?context.a context.a");
  CHECK(reads("!has(context.a) || a > 1") == "?+context.a +context.a");
  CHECK(reads("has(context.a) && b > 1") == "?+context.a context.b");
  CHECK(reads("'a' in context && context['a'] > 1") == "?+context.a +context.a");
  CHECK(reads("has(context.a) ? a : context.a") == "?context.a +context.a context.a");
  CHECK(reads("!has(context.a) ? a : context.a") == "?context.a context.a +context.a");
  CHECK(reads("has(context.a) && has(risk.b) && (risk.b == a || c)") ==
        "?+context.a ?+risk.b +risk.b +context.a context.c");
  CHECK(reads("!(has(context.a) && has(context.b)) || a == b") ==
        "?+context.a ?+context.b +context.a +context.b");
  CHECK(reads("!(has(context.a) || has(context.b)) || a == b") ==
        "?context.a ?context.b context.a context.b");
  CHECK(reads("has(context.a.b) && context.a.b > 1") == "context.a context.a");
}

TEST_SUITE_END();
