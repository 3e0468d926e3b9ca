// The secret keys of a node, brought to what the log says when a rotation was cut short.
//
// Shapes   a new key waits as keys/<file>.<kid> from before its entry is committed. Under the lock it is
//          put in place when the log names it, and destroyed when it does not: at any moment one of the
//          two files is the key in force, and the next command that records finishes what was begun
// Errors   Error{integrity} for a key that is not the log's; those of crypto/key_file
// Source   lexecon-ledger(5), Rotation
#pragma once

#include <optional>
#include <span>
#include <string>

#include "crypto/key_file.hpp"
#include "ledger/writer.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

/// Where a key stands.
struct KeyPlace {
  std::string purpose;  // "ledger", "token" or "witness"
  Path secret;
  Path published;
};
[[nodiscard]] KeyPlace ledger_place(const ledger::NodeFiles& files);
[[nodiscard]] KeyPlace token_place(const ledger::NodeFiles& files);
/// Its public half stands in the entries that it signed for.
[[nodiscard]] KeyPlace witness_place(const ledger::NodeFiles& files);

/// Whether the key there needs a passphrase; not when there is none.
[[nodiscard]] bool is_encrypted(const KeyPlace& place);
/// The file of a key that is to replace the one there: under its passphrase, which must open it.
[[nodiscard]] std::string key_file(const crypto::SecretKey& key, const KeyPlace& place,
                                   Session& session);
/// Writes and syncs a key that is not in force yet beside the one that is.
void put_beside(const KeyPlace& place, const crypto::PublicKey& key, const std::string& pem);
/// Whether a key waits there.
[[nodiscard]] bool has_waiting(const KeyPlace& place);
/// Only under the lock: the waiting key of those in force is put in place and the one there
/// destroyed, any other waiting key is destroyed.
void settle(const KeyPlace& place, std::span<const crypto::PublicKey> in_force);

/// One of the two keys, loaded before the lock is taken and held against the log under it.
class NodeKey {
 public:
  /// Error{configuration} when there is none.
  NodeKey(KeyPlace place, crypto::Passphrase passphrase);
  NodeKey(const NodeKey&) = delete;
  NodeKey& operator=(const NodeKey&) = delete;

  /// What was loaded; nullptr while a waiting key has to be settled first.
  [[nodiscard]] const crypto::SecretKey* loaded() const { return key_ ? &*key_ : nullptr; }
  /// Under the lock: settles, and loads again what another process rotated.
  [[nodiscard]] const crypto::SecretKey& of(std::span<const crypto::PublicKey> in_force);

 private:
  KeyPlace place_;
  crypto::Passphrase passphrase_;
  std::optional<crypto::SecretKey> key_;
};

}  // namespace lexecon::service
