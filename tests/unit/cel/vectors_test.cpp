// Expressions with their values: the public cases of the language and our own, one shape.
#include "support/vectors.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "cel/describe.hpp"
#include "cel/evaluate.hpp"
#include "cel/parse.hpp"
#include "cel/tagged.hpp"

using namespace lexecon;
using test::text;

namespace {

/// What an expression gives: {"value": ...} or {"error": "why"}.
Json answer(const std::string& source, const Json& bindings) {
  auto parsed = cel::parse(source);
  if (const auto* problem = std::get_if<cel::Problem>(&parsed))
    return {{"error", problem->message}};
  cel::Arena arena;
  cel::Names names;
  std::vector<cel::Value> slots;
  for (const auto& [name, value] : bindings.items()) {
    names.variables.push_back(name);
    slots.push_back(cel::from_tagged_json(value, arena));
  }
  const auto compiled =
      cel::compile(std::move(std::get<cel::Ast>(parsed)), names, cel::Mode::lenient);
  const auto& program = std::get<cel::Program>(compiled);
  const auto outcome = cel::evaluate(program, names, slots, arena);
  if (outcome.value.is_error()) {
    return {{"error", cel::describe(program, outcome.value.failure()).message}};
  }
  return {{"value", cel::to_tagged_json(outcome.value)}};
}

/// Checks every case of the file, and returns how many there are.
std::size_t check_file(const Path& path) {
  const Json cases = test::load_json(path);
  for (const Json& item : cases) {
    CAPTURE(text(item["id"]));
    CAPTURE(text(item["expr"]));
    const Json seen = answer(text(item["expr"]), item.value("bindings", Json::object()));
    CAPTURE(seen.dump());
    if (item.contains("value")) {
      CHECK(seen.value("value", Json()) == item["value"]);
    } else {
      CHECK(seen.contains("error"));
    }
  }
  return cases.size();
}

}  // namespace

TEST_SUITE_BEGIN("cel/vectors");

TEST_CASE("the public cases of the language give their values") {
  const auto path = test::public_vectors("cel/core.json");
  if (!path) return;
  std::cout << "cel: " << check_file(*path) << " public cases\n";
}

TEST_CASE("our own cases of the language give their values") {
  std::size_t count = 0;
  for (const auto& file : std::filesystem::directory_iterator(test::data_file("cel"))) {
    count += check_file(file.path());
  }
  CHECK(count > 0);
}

TEST_SUITE_END();
