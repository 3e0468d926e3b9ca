// Lints a whole set: its policies, and whether node.yaml and risk.yaml load.
//
// Source   lexecon-lint(7)
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "decision/active_set.hpp"
#include "findings/report.hpp"

namespace lexecon::service {

/// The files of one set, and what stands before their names when they are shown.
struct LintedSet {
  std::string prefix;  // ".lexecon/"
  std::vector<decision::SetFile> files;
};

struct LintReport {
  findings::Report report;
  std::vector<std::string> files;  // as they are shown, in order
  std::size_t relations = 0;
};

[[nodiscard]] LintReport lint(std::span<const LintedSet> sets, Timestamp now);
/// lexecon.lint/1
[[nodiscard]] Json to_json(const LintReport& linted);

}  // namespace lexecon::service
