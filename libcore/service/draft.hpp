// The set files as they stand in a folder: a draft until they are activated.
//
// Units    each file is read once; at most 16 MiB each, 256 policies
// Errors   Error{not_found} without node.yaml or risk.yaml; names are judged by decision::load_set
// Source   lexecon-policy(5), Identity of the active set
#pragma once

#include <span>
#include <string>
#include <vector>

#include "decision/active_set.hpp"
#include "ledger/node_files.hpp"

namespace lexecon::service {

/// node.yaml, risk.yaml and policies/*.{yaml,yml,json} of a node or a template, by name.
[[nodiscard]] std::vector<decision::SetFile> read_draft(const ledger::NodeFiles& files);

/// The draft of a folder with a node.yaml; of any other folder the policy files that stand in it.
[[nodiscard]] std::vector<decision::SetFile> read_policies(const Path& folder);

/// The tables in policies/tests/, by name; none when there is no such folder.
[[nodiscard]] std::vector<decision::SetFile> read_tests(const ledger::NodeFiles& files);

struct Drift {
  std::vector<std::string> added;
  std::vector<std::string> changed;
  std::vector<std::string> removed;

  [[nodiscard]] bool any() const { return !added.empty() || !changed.empty() || !removed.empty(); }
};
/// What the draft has besides, differently, and not of the active files. Both are sorted by name.
[[nodiscard]] Drift drift(std::span<const decision::FileDigest> draft,
                          std::span<const decision::FileDigest> active);

}  // namespace lexecon::service
