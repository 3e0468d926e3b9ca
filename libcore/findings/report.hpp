// What a check of files found, and the forms in which people and build servers read it.
//
// Shapes   a report has checks, each with what it found; findings are shown by file, line and column
// Units    lines and columns count from 1, columns in bytes
// Source   SARIF 2.1.0 (OASIS); JUnit XML as build servers read it; GitHub workflow commands
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/fwd.hpp"

namespace lexecon::findings {

enum class Severity : std::uint8_t { error, warning, note };
[[nodiscard]] std::string_view to_string(Severity severity);

struct Rule {
  std::string_view id;
  Severity severity = Severity::error;
  std::string_view title;  // one line, no full stop
};

struct Finding {
  std::string rule;
  Severity severity = Severity::error;
  std::string message;
  std::string hint;  // may be empty
  std::string file;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// One thing that was looked at: a rule in a file, a test of a table.
struct Check {
  std::string suite;
  std::string name;
  std::vector<Finding> findings;
};

struct Report {
  std::string tool;     // "policy lint"
  std::string version;  // of the program
  std::vector<Rule> rules;
  std::vector<Check> checks;
  bool strict = false;  // warnings fail too
};

struct Counts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t notes = 0;
};

/// All findings by file, line, column and rule.
[[nodiscard]] std::vector<Finding> findings_of(const Report& report);
[[nodiscard]] Counts count(const Report& report);
[[nodiscard]] bool fails(const Report& report, Severity severity);
/// Whether the answer is yes.
[[nodiscard]] bool passes(const Report& report);

/// `file:line:column: severity: message [rule]`, and a hint below it.
[[nodiscard]] std::string to_lines(const Report& report);
/// The same, and the counts.
[[nodiscard]] std::string to_text(const Report& report);
/// The findings as a list of objects.
[[nodiscard]] Json to_json(const Report& report);
[[nodiscard]] Json to_sarif(const Report& report);
[[nodiscard]] std::string to_junit(const Report& report);
[[nodiscard]] std::string to_github(const Report& report);

}  // namespace lexecon::findings
