// The keys of a log in their order, and the sizes that each of them signs.
//
// Shapes   a rotation at seq r: the key before signs up to size r + 1, the next one every larger size;
//          a recovery at seq N: the key before signed up to size N, the next one every larger size, and
//          nothing before it vouches for that key
// Errors   Error{integrity} for rotations that do not follow from each other
// Source   lexecon-ledger(5), Rotation and Recovery
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "crypto/identity.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

/// The largest checkpoint that was known when a log was recovered.
struct Lost {
  Hash root;
  std::uint64_t tree_size = 0;
};

struct Rotation {
  std::uint64_t seq = 0;
  crypto::Identity next;     // the name is for the check of rotations to compare
  std::optional<Lost> lost;  // a recovery

  /// The size of the last checkpoint by the key before.
  [[nodiscard]] std::uint64_t last_before() const { return lost ? seq : seq + 1; }
};

/// What a key.rotated entry says; nothing for another entry, or one without that shape.
[[nodiscard]] std::optional<Rotation> rotation_in(const chain::Entry& entry);

struct LogKeys {
  crypto::Identity genesis;
  std::vector<Rotation> rotations;  // in order of seq

  /// The log's name with the key that signs a checkpoint of this size.
  [[nodiscard]] crypto::Identity at(std::uint64_t tree_size) const;
  /// The key that signs the next checkpoint.
  [[nodiscard]] crypto::Identity in_force() const;
  /// Whether the log had that key before the last rotation.
  [[nodiscard]] bool had(const crypto::PublicKey& key) const;
  /// The sizes [first, last] that a key signs; nothing when it is none of the log's.
  struct Sizes {
    std::uint64_t first = 1;
    std::uint64_t last = UINT64_MAX;
  };
  [[nodiscard]] std::optional<Sizes> sizes_of(const crypto::PublicKey& key) const;
  /// The last recovery: what came before it does not vouch for what follows.
  [[nodiscard]] std::optional<Rotation> last_gap() const;
};

/// The checkpoint in a note by the key in force at the size that it says; errors of chain/checkpoint.
[[nodiscard]] chain::Checkpoint open_checkpoint(std::string_view note, const LogKeys& keys);
/// From the genesis and every key.rotated on record; each entry is hashed again.
[[nodiscard]] LogKeys read_log_keys(store::Database& database, const crypto::Identity& genesis);

}  // namespace lexecon::ledger
