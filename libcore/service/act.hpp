// One state change: entries, the projections they imply, and their checkpoint, in one transaction.
//
// Shapes   append() = ledger entry, then every state folder's apply(entry)
// Errors   those of ledger/writer; without commit() the node stays as it was
// Source   lexecon-ledger(5), Projections
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/writer.hpp"
#include "service/node.hpp"
#include "service/node_keys.hpp"
#include "service/session.hpp"

namespace lexecon::service {

class Act {
 public:
  /// Loads the ledger key, then takes the write lock. `session` must outlive the act.
  Act(const Node& node, Session& session);
  /// With the ledger key of the node there, which must outlive the act too.
  Act(const ledger::NodeFiles& files, NodeKey& key, Session& session);
  /// Takes over a writer whose genesis entry is not projected yet; for init.
  Act(const crypto::SecretKey& key, const ledger::NodeFiles& files, const std::string& origin,
      const std::string& node_id, Session& session);
  Act(const Act&) = delete;
  Act& operator=(const Act&) = delete;

  /// The timestamp of every entry of this act.
  [[nodiscard]] Timestamp at() const { return writer_.at(); }
  [[nodiscard]] const std::string& origin() const { return writer_.origin(); }
  /// The actor of entries that the node itself makes.
  [[nodiscard]] std::string node_actor() const { return "node:" + writer_.node_id(); }
  /// How many entries the log has, those of this act too.
  [[nodiscard]] std::uint64_t size() const { return writer_.size(); }
  [[nodiscard]] store::Database& database() { return writer_.database(); }

  /// The key that signs this act.
  [[nodiscard]] const crypto::PublicKey& ledger_key() const { return writer_.key(); }
  /// One of the token keys in force, which must outlive what is signed with it.
  [[nodiscard]] const crypto::SecretKey& token_key(NodeKey& key);

  ledger::Appended append(ledger::Draft draft);
  /// The note that commit() will return; nothing can be appended any more.
  std::string sign() { return writer_.sign(); }
  /// Returns the signed note of the checkpoint.
  std::string commit() { return writer_.commit(); }

 private:
  std::optional<NodeKey> key_;  // before the writer, which refers to it
  ledger::Writer writer_;
};

/// Projects one entry: the only caller of the state folders' apply functions.
void project(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::service
