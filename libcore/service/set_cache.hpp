// The compiled active set beside the ledger, so that a decision need not compile it again.
//
// Shapes   cache/<policy_hash> = build id[32] || BLAKE2b-256[32] || body; folder 0700, file 0600;
//          build id = SHA-256 of the program's version and the body's layout;
//          the digest is over build id and body, under a key derived from the token key
// Errors   none: whatever is wrong with a cache, the set is compiled from the bytes on record
// Source   lexecon-node(5), cache
#pragma once

#include <optional>

#include "crypto/ed25519.hpp"
#include "crypto/keyed_digest.hpp"
#include "decision/active_set.hpp"
#include "ledger/node_files.hpp"
#include "registry/sets.hpp"

namespace lexecon::service {

class SetCache {
 public:
  /// Without a `token_key` the node's own is read, unless that takes a passphrase: then there is no
  /// cache.
  SetCache(const ledger::NodeFiles& files, const crypto::SecretKey* token_key);

  [[nodiscard]] std::optional<decision::ActiveSet> find(const registry::SetRow& set) const;
  /// Replaces what was kept of other sets.
  void keep(const decision::ActiveSet& set) const;

 private:
  Path folder_;
  std::optional<crypto::DigestKey> key_;
};

}  // namespace lexecon::service
