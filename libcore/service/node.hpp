// A node directory that was opened: whose log it holds, and who it says it is.
//
// Errors   Error{not_found} where there is no node, Error{configuration} for a template (a clone
// without
//          ledger and private keys), Error{not_permitted} for private keys that others can read
// Source   lexecon(1), Node directory
#pragma once

#include <string>

#include "base/entropy.hpp"
#include "crypto/identity.hpp"
#include "crypto/key_file.hpp"
#include "ledger/log_keys.hpp"
#include "ledger/node_files.hpp"
#include "store/database.hpp"

namespace lexecon::service {

struct Node {
  ledger::NodeFiles files;
  std::string id;        // a label
  std::string origin;    // names the log
  ledger::LogKeys keys;  // prove it; from the genesis and the rotations
};

/// The files of a node that is there, of which nothing was read; private keys are nobody else's.
[[nodiscard]] ledger::NodeFiles find_node(const Path& folder);
/// Reads the genesis entry and the rotations; changes nothing and needs no secret.
[[nodiscard]] Node open_node(const Path& folder);

/// The actor of entries that the node itself makes: "node:<id>".
[[nodiscard]] std::string node_actor(const Node& node);
/// The log's name and the key in force, as an auditor pins it.
[[nodiscard]] crypto::Identity ledger_identity(const Node& node);
/// Error{configuration} when the private key is absent: such a node can be read, not written.
[[nodiscard]] crypto::SecretKey load_key(const Path& path, const crypto::Passphrase& passphrase);
[[nodiscard]] crypto::SecretKey load_token_key(const Node& node,
                                               const crypto::Passphrase& passphrase);
/// The ledger for reading alone.
[[nodiscard]] store::Database open_ledger(const Node& node);

}  // namespace lexecon::service
