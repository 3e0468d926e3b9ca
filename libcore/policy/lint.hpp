// What is wrong with a set, or likely to be: all of it, where load() stops at the first.
//
// Shapes   a file that does not load is the finding LX001; the other rules run when all files load
// Units    grows with the set and its groups, not with its square
// Source   lexecon-lint(7)
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "findings/report.hpp"
#include "policy/set.hpp"

namespace lexecon::policy {

/// What the files themselves do not say.
struct LintFacts {
  Timestamp now;
  std::optional<bool> has_risk_factors;  // nothing: the risk model is not known
};

struct Linted {
  std::vector<findings::Finding> findings;
  std::size_t relations = 0;  // that there are to check
};

/// By id.
[[nodiscard]] std::vector<findings::Rule> lint_rules();
[[nodiscard]] Linted lint(std::span<const SourceFile> files, const LintFacts& facts);
/// LX001 for an error that has a place in a file.
[[nodiscard]] findings::Finding load_finding(const Error& error, const std::string& file);

}  // namespace lexecon::policy
