// The rules of lint, one function each; lint_rules.cpp has their table.
#pragma once

#include <span>

#include "policy/lint_ground.hpp"

namespace lexecon::policy {

struct LintRule {
  findings::Rule rule;
  Findings (*run)(const Ground&) = nullptr;  // nullptr: found while the files are read
};

/// By id.
[[nodiscard]] std::span<const LintRule> lint_table();

// Terms.
[[nodiscard]] Findings undeclared_terms(const Ground& ground);
[[nodiscard]] Findings unused_terms(const Ground& ground);
[[nodiscard]] Findings unreachable_terms(const Ground& ground);
[[nodiscard]] Findings windowed_groups(const Ground& ground);
[[nodiscard]] Findings uncovered_contents(const Ground& ground);
[[nodiscard]] Findings own_owners(const Ground& ground);

// Relations.
[[nodiscard]] Findings shadowed_permits(const Ground& ground);
[[nodiscard]] Findings duplicates(const Ground& ground);
[[nodiscard]] Findings contained_permits(const Ground& ground);
[[nodiscard]] Findings undeclared_objects(const Ground& ground);
[[nodiscard]] Findings missing_justifications(const Ground& ground);
[[nodiscard]] Findings missing_ids(const Ground& ground);
[[nodiscard]] Findings boundless_permits(const Ground& ground);
[[nodiscard]] Findings boundless_forbids(const Ground& ground);
[[nodiscard]] Findings near_requirements(const Ground& ground);

// Conditions.
[[nodiscard]] Findings impossible_relations(const Ground& ground);
[[nodiscard]] Findings contradictions(const Ground& ground);
[[nodiscard]] Findings unmeetable_requirements(const Ground& ground);
[[nodiscard]] Findings claims_alone(const Ground& ground);
[[nodiscard]] Findings unguarded_keys(const Ground& ground);
[[nodiscard]] Findings bare_literals(const Ground& ground);
[[nodiscard]] Findings unscored_risk(const Ground& ground);

// Files.
[[nodiscard]] Findings mixed_modes(const Ground& ground);
[[nodiscard]] Findings permissive_modes(const Ground& ground);
[[nodiscard]] Findings versions_together(const Ground& ground);
[[nodiscard]] Findings ended_windows(const Ground& ground);
[[nodiscard]] Findings coming_windows(const Ground& ground);
[[nodiscard]] Findings default_policy_ids(const Ground& ground);
[[nodiscard]] Findings silent_files(const Ground& ground);
[[nodiscard]] Findings keys_without_effect(const Ground& ground);
[[nodiscard]] Findings older_spellings(const Ground& ground);
[[nodiscard]] Findings older_actions(const Ground& ground);

}  // namespace lexecon::policy
