// Makes a node: keys, template, ledger with its first entries; everything or nothing.
//
// Errors   Error{cannot_create} when the folder exists and is not empty; Error{bad_input} for a name, a key
//          or a template that does not load
// Source   lexecon-init(1)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "decision/active_set.hpp"
#include "json/fwd.hpp"
#include "service/operators.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct InitOptions {
  Path folder;                                // absolute
  std::string id;                             // replaces the id in the template's node.yaml
  std::optional<std::string> origin;          // default: derived from the ledger key
  std::vector<decision::SetFile> files;       // the template: node.yaml, risk.yaml, policies/<file>
  std::vector<decision::SetFile> tests = {};  // its policies/tests/<file>, no part of the set
  std::optional<NewOperator> first_operator = {};  // who is an admin from the first decision on
};

struct Initialised {
  Path folder;
  std::string node_id;
  std::string origin;
  std::string ledger_vkey;  // what an auditor pins
  std::string token_kid;
  Hash policy_hash;
  std::optional<std::string> first_operator;
  std::uint64_t tree_size = 0;
  Hash root;
};

[[nodiscard]] Initialised init(const InitOptions& options, Session& session);
[[nodiscard]] Json to_json(const Initialised& made);

}  // namespace lexecon::service
