#include "decision/test_table.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("decision/test_table");

namespace lexecon::decision {
namespace {

std::vector<TestCase> table(const std::string& rest) {
  return parse_tests("tests:\n  - name: one\n" + rest, "t.yaml");
}

const std::string request = "    request: {actor: human:a, action: read}\n";

Error error_of(const std::string& bytes) {
  try {
    static_cast<void>(parse_tests(bytes, "t.yaml"));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return error;
  }
  FAIL("no error: " << bytes);
  return {ErrorCode::internal, ""};
}

TEST_CASE("everything that a test may say is read") {
  const auto tests = table(
      "    request: {actor: human:a, action: read, data_classes: [b, a]}\n"
      "    at: 2026-03-01T01:00:00+01:00\n"
      "    facts:\n"
      "      approvals: [review, {requirement: review, operator: bob}]\n"
      "      confirmed: true\n"
      "    expect: {outcome: denied, reason: forbidden, relations: [z, a], unmet: []}\n");
  REQUIRE(tests.size() == 1);
  const auto& test = tests[0];
  CHECK(test.name == "one");
  CHECK(test.request.data_classes == std::vector<std::string>{"data:a", "data:b"});
  CHECK(test.at == parse_time("2026-03-01T00:00:00Z"));
  REQUIRE(test.facts.approvals.size() == 3);
  CHECK(test.facts.approvals[0].requirement == "review");
  CHECK(test.facts.approvals[1].operator_id == "bob");
  CHECK(test.facts.approvals[2].requirement == "human_confirmation");
  CHECK(test.facts.approvals[0].operator_id != test.facts.approvals[2].operator_id);
  CHECK(test.expect.outcome.value().value == policy::Outcome::denied);
  CHECK(test.expect.reason.value().value == policy::ReasonCode::forbidden);
  CHECK(test.expect.relations.value().value == std::vector<std::string>{"a", "z"});
  CHECK(test.expect.unmet.value().value.empty());
  CHECK(test.expect.reason.value().mark.line == 8);
  CHECK(test.expect.reason.value().mark.column == 39);
}

TEST_CASE("what is not given is not there") {
  const auto tests = table(request + "    facts: {confirmed: false}\n    expect: {unmet: [a]}\n");
  REQUIRE(tests.size() == 1);
  CHECK_FALSE(tests[0].at);
  CHECK(tests[0].facts.approvals.empty());
  CHECK_FALSE(tests[0].expect.outcome);
  CHECK_FALSE(tests[0].expect.reason);
  CHECK_FALSE(tests[0].expect.relations);
  CHECK(parse_tests("tests: []\n", "t.yaml").empty());
  CHECK(parse_tests(R"({"tests": []})", "t.json").empty());
}

TEST_CASE("every outcome and every reason code may be expected") {
  for (int i = 0; i <= static_cast<int>(policy::ReasonCode::not_forbidden); ++i) {
    const auto code = static_cast<policy::ReasonCode>(i);
    const auto tests =
        table(request + "    expect: {reason: " + std::string(to_string(code)) + "}\n");
    CHECK(tests[0].expect.reason.value().value == code);
  }
  for (int i = 0; i <= static_cast<int>(policy::Outcome::denied); ++i) {
    const auto outcome = static_cast<policy::Outcome>(i);
    const auto tests =
        table(request + "    expect: {outcome: " + std::string(to_string(outcome)) + "}\n");
    CHECK(tests[0].expect.outcome.value().value == outcome);
  }
}

TEST_CASE("what is wrong is named with its place") {
  struct Row {
    std::string rest;
    std::string where;
    std::string message;  // empty: that of a request document
  };
  const std::string expect = "    expect: {outcome: denied}\n";
  const std::vector<Row> rows{
      {expect, "t.yaml:2:5", "key `request` is missing"},
      {request, "t.yaml:2:5", "key `expect` is missing"},
      {request + "    expect: {}\n", "t.yaml:4:13",
       "expected one of outcome, reason, relations and unmet"},
      {request + "    expect: {reasons: forbidden}\n", "t.yaml:4:14", "unknown key `reasons`"},
      {request + expect + "    fact: {}\n", "t.yaml:5:5", "unknown key `fact`"},
      {request + expect + "    facts: {approved: []}\n", "t.yaml:5:13", "unknown key `approved`"},
      {request + expect + "    facts: {confirmed: 1}\n", "t.yaml:5:24",
       "expected true or false as confirmed"},
      {request + expect + "    facts: {approvals: [1x]}\n", "t.yaml:5:25",
       "expected a requirement, found `1x`"},
      {request + expect + "    facts: {approvals: [{operator: bob}]}\n", "t.yaml:5:25",
       "key `requirement` is missing"},
      {request + expect + "    facts: {approvals: [{requirement: a, operator: \"\"}]}\n",
       "t.yaml:5:52", "expected an operator, found nothing"},
      {request + expect + "    at: 2026-03-01\n", "t.yaml:5:9",
       "expected a time as at, found `2026-03-01`"},
      {request + "    expect: {relations: [a, a]}\n", "t.yaml:4:29", "`a` stands twice"},
      {request + expect + "  - name: one\n" + request + expect, "t.yaml:5:5",
       "two tests are called `one`"},
      {"    request: {actor: human:a, action: read, data_classes: [x, 7]}\n" + expect,
       "t.yaml:3:63", ""},
      {"    request: {actor: human:a, action: read, context: {a: 1}, tol: x}\n" + expect,
       "t.yaml:3:67", ""},
      {"    request: {actor: 'human:*', action: read}\n" + expect, "t.yaml:3:22", ""}};
  for (const auto& [rest, where, message] : rows) {
    CAPTURE(rest);
    const auto error = error_of("tests:\n  - name: one\n" + rest);
    CHECK(error.where() == where);
    if (!message.empty()) CHECK(error.message() == message);
  }
  CHECK(error_of("{}").where() == "t.yaml:1:1");
  CHECK(error_of("tests: []\ntest: []\n").where() == "t.yaml:2:1");
  CHECK(error_of("tests:\n  - name: ''\n" + request + expect).where() == "t.yaml:2:11");
}

TEST_CASE("a slip in an expectation is met with the word that was meant") {
  const auto error =
      error_of("tests:\n  - name: one\n" + request + "    expect: {outcome: aproved}\n");
  CHECK(error.where() == "t.yaml:4:23");
  CHECK(error.message() ==
        "expected one of approved, conditional, escalated, denied as outcome, found `aproved`");
  CHECK(error.hint() == "did you mean `approved`?");
}

}  // namespace
}  // namespace lexecon::decision
