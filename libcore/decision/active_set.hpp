// The whole set of files that judges: policies, risk.yaml and node.yaml, loaded together or not at all.
//
// Shapes   policy_hash = SHA-256(JCS({"construction":"lexecon-policy-set/1","files":[{"name","sha256"}]}))
//          over the exact bytes, files sorted by name; names node.yaml, risk.yaml, policies/<file>
// Errors   Error{bad_input} with file:line:col for the first file that does not load
// Source   lexecon-policy(5), Identity of the active set
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "decision/node_config.hpp"
#include "policy/set.hpp"
#include "risk/model.hpp"

namespace lexecon::decision {

struct SetFile {
  std::string name;
  std::string bytes;
};

struct FileDigest {
  std::string name;
  Hash sha256;
  friend bool operator==(const FileDigest&, const FileDigest&) = default;
};

struct ActiveSet {
  Hash policy_hash;
  std::vector<FileDigest> files;  // by name
  policy::Set policies;
  risk::Model risk;
  NodeConfig node;
};

/// Throws unless the names are those of a node: node.yaml and risk.yaml once each, at most 256 policies.
[[nodiscard]] ActiveSet load_set(std::span<const SetFile> files);
/// That part of load_set which is about names.
void check_names(std::span<const SetFile> files);
[[nodiscard]] std::vector<FileDigest> digests(std::span<const SetFile> files);
[[nodiscard]] Hash set_hash(std::span<const FileDigest> files);

}  // namespace lexecon::decision
