// Tables of tests: requests, what is on record of them, and the verdict that is expected.
//
// Shapes   {"tests": [{"name", "request", "at", "facts": {"approvals", "confirmed"}, "expect"}]} in the
//          YAML or JSON of policy files; an approval is a requirement, or {"requirement", "operator"}
// Errors   Error{bad_input} with file:line:col, a test that expects nothing included
// Source   lexecon-policy-test(1)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "decision/facts.hpp"
#include "decision/request.hpp"
#include "json/node.hpp"
#include "policy/ruling.hpp"

namespace lexecon::decision {

template <class T>
struct Expected {
  T value;
  json::Mark mark;
};

/// At least one of them; lists ascend and are unique.
struct Expectation {
  std::optional<Expected<policy::Outcome>> outcome;
  std::optional<Expected<policy::ReasonCode>> reason;
  std::optional<Expected<std::vector<std::string>>> relations;  // all that matched
  std::optional<Expected<std::vector<std::string>>> unmet;
};

struct TestCase {
  std::string name;  // unique in its table
  Request request;
  std::optional<Timestamp> at;
  Facts facts;
  Expectation expect;
};

/// `file` is the table's name in messages.
[[nodiscard]] std::vector<TestCase> parse_tests(std::string_view bytes, const std::string& file);

}  // namespace lexecon::decision
