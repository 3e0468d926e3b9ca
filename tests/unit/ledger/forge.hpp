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
  void policy_file(const std::string& bytes);
  /// The next entry takes this seq instead of the next one.
  void jump_to(std::uint64_t seq) { next_seq_ = seq; }

  /// Writes database, checkpoints, frontier and head.note.
  void build();
  /// The checkpoint of a size as the log's key signs it.
  [[nodiscard]] std::string note(std::uint64_t size) const;
  [[nodiscard]] std::string salted(const Json& value);
  Timestamp now = epoch;

 private:
  Node& node_;
  std::vector<Forged> entries_;
  std::vector<std::uint64_t> seqs_;
  std::vector<std::uint64_t> sizes_;
  std::vector<std::string> policy_files_;
  std::uint64_t next_seq_ = 0;
};

/// Opens the database of a node without durability, and without looking at foreign keys.
[[nodiscard]] store::Database tamper(const Node& node);

}  // namespace lexecon::test
