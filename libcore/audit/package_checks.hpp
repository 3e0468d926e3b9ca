// What the verifier checks of a package beyond the checks of any log.
//
// Shapes   counts, leaves, scope, key, evidence, sections, files, manifest; each takes part in the one pass
//          over the entries
// Source   lexecon-package(5)
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "audit/bag.hpp"
#include "audit/inventory.hpp"
#include "audit/package_rows.hpp"
#include "ledger/verify_check.hpp"
#include "package/sections.hpp"

namespace lexecon::audit {

/// What the checks of one package share.
struct Package {
  const Container& container;
  const Bag& bag;
  PackageRows& rows;
  Inventory inventory = {};
  std::set<package::Section> sections = {};  // that the entries shown make
  package::Contents contents = {};
  std::optional<Hash> head_entry_hash = {};
};

/// Counts what is shown and takes it down for the others: it must come before them.
[[nodiscard]] std::unique_ptr<ledger::Check> new_counts_check(Package& package);
[[nodiscard]] std::unique_ptr<ledger::Check> new_leaves_check(const Package& package);
[[nodiscard]] std::unique_ptr<ledger::Check> new_scope_check(const Package& package);
[[nodiscard]] std::unique_ptr<ledger::Check> new_sections_check(Package& package);
[[nodiscard]] std::unique_ptr<ledger::Check> new_key_check(const Package& package);
[[nodiscard]] std::unique_ptr<ledger::Check> new_evidence_check(const Package& package);
[[nodiscard]] std::unique_ptr<ledger::Check> new_files_check(const Package& package);
[[nodiscard]] std::unique_ptr<ledger::Check> new_manifest_check(const Package& package);

}  // namespace lexecon::audit
