// Builds a ledger by hand, wrong in one respect and right in all others: signed by the log's own key.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "unit/ledger/node.hpp"

namespace lexecon::test {

struct Forged {
  std::string body;
  std::optional<std::string> sealed;
};

class Forge {
 public:
  explicit Forge(Node& node) : node_(node) {}

  /// Appends an entry with right members; `change` may spoil them before it becomes bytes.
  void add(const std::string& event_type, const Json& data,
           const std::function<void(Json&)>& change = {},
           const std::optional<std::string>& sealed = {});
  void add_genesis(const std::function<void(Json&)>& change = {});
  /// Changes the bytes of the last entry, whatever becomes of them.
  void spoil_bytes(const std::function<void(std::string&)>& change);
  void end_transaction();
  /// key.rotated to a fresh key, which signs every later size; with `lost` that of this entry too.
  const crypto::SecretKey& rotate(const Json& lost = nullptr,
                                  const std::optional<std::string>& name = {});
  /// The same to a key of the caller's choice.
  const crypto::SecretKey& rotate_to(crypto::SecretKey next, const Json& lost,
                                     const std::optional<std::string>& name = {});
  /// From that size on the notes are by this key, whatever the entries say.
  void sign_from(std::uint64_t size, crypto::SecretKey key);
  [[nodiscard]] const crypto::SecretKey& key_at(std::uint64_t size) const;
  void policy_file(const std::string& bytes);
  /// The next entry takes this seq instead of the next one.
  void jump_to(std::uint64_t seq) { next_seq_ = seq; }

  /// Writes database, checkpoints, frontier and head.note.
  void build();
  /// The checkpoint of a size as the log's key signs it.
  [[nodiscard]] std::string note(std::uint64_t size) const;
  /// The same by another key.
  [[nodiscard]] std::string note_by(const crypto::SecretKey& key, std::uint64_t size) const;
  [[nodiscard]] std::uint64_t size() const { return entries_.size(); }
  [[nodiscard]] std::string salted(const Json& value);
  Timestamp now = epoch;

 private:
  Node& node_;
  std::vector<Forged> entries_;
  std::vector<std::uint64_t> seqs_;
  std::vector<std::uint64_t> sizes_;
  std::vector<std::string> policy_files_;
  std::map<std::uint64_t, crypto::SecretKey> later_keys_;  // by the first size that they sign
  std::uint64_t next_seq_ = 0;
};

/// Opens the database of a node without durability, and without looking at foreign keys.
[[nodiscard]] store::Database tamper(const Node& node);

}  // namespace lexecon::test
