// A ledger followed while others write to it: what is new, once a signed root was found to cover it.
//
// Shapes   no lock is held between two calls, so that a slow reader never keeps a writer waiting
// Units    a call returns at most 256 entries or about 1 MiB
// Errors   Error{integrity} when the ledger became shorter or another, or what is new does not give the
//          root that was signed
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "chain/merkle.hpp"
#include "ledger/head.hpp"
#include "ledger/node_files.hpp"
#include "ledger/reader.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

class Follower {
 public:
  /// From entry `from` on; without it from behind the last one. Refuses what a writer would refuse.
  Follower(const NodeFiles& files, const Path& state_home, std::optional<std::uint64_t> from);

  /// The next entries in order; none when there is nothing new, or a writer is busy.
  [[nodiscard]] std::vector<StoredEntry> next();

 private:
  /// Entries that are under a signed root.
  struct Known {
    chain::CompactRange range;
    Hash last_hash;
  };

  std::vector<StoredEntry> look();
  void open();
  void start(const Path& state_home, std::optional<std::uint64_t> from);
  void require_same(store::Database& database) const;
  void extend();
  std::vector<StoredEntry> read();

  NodeFiles files_;
  std::optional<store::Database> database_;
  std::uint64_t file_ = 0;  // the inode that is open
  std::int64_t version_ = 0;
  Known known_;
  std::uint64_t next_ = 0;  // the entry that is returned next
  Hash previous_;           // the hash of the one before it
};

}  // namespace lexecon::ledger
