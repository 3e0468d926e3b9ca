// Runs tables of tests against a set, and says what of the set they never reached.
//
// Shapes   findings: `failed-test` for each value that is not the one expected; `unmatched-relation` and
//          `one-sided-condition` are errors when their coverage is below the threshold, else notes
// Errors   Error{bad_input} for a set or a table that does not load
// Source   lexecon-policy-test(1)
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "decision/active_set.hpp"
#include "findings/report.hpp"
#include "policy/ruling.hpp"

namespace lexecon::service {

/// The files of a set, and what stands before their names when they are shown.
struct TestedSet {
  std::string prefix;  // ".lexecon/"
  std::vector<decision::SetFile> files;
};

/// A table under the name that is shown.
using TestTable = decision::SetFile;

struct TestOptions {
  Timestamp now;                          // of tests without `at`
  std::optional<std::int64_t> threshold;  // percent
};

struct TestResult {
  std::string file;
  std::string name;
  bool passed = false;
  policy::Outcome outcome;
  policy::ReasonCode reason;
};

/// A condition has two outcomes.
struct Share {
  std::size_t seen = 0;
  std::size_t total = 0;

  /// Rounded down; 100 of nothing.
  [[nodiscard]] std::size_t percent() const { return total == 0 ? 100 : seen * 100 / total; }
};

struct TestRun {
  Hash policy_hash;
  std::optional<std::int64_t> threshold;
  std::vector<TestResult> tests;
  Share relations;
  Share conditions;
  findings::Report report;

  [[nodiscard]] std::size_t passed() const;
};

[[nodiscard]] TestRun test_policies(const TestedSet& set, std::span<const TestTable> tables,
                                    const TestOptions& options);
/// lexecon.policy_test/1
[[nodiscard]] Json to_json(const TestRun& run);

}  // namespace lexecon::service
