// What a transaction wrote, read from the file again after its commit: a disk that keeps other bytes
// than it was given must not be found out years later.
//
// Errors   Error{io} when the rows read back differently, or randomness repeated itself
// Source   lexecon-ledger(5), Appending
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "chain/merkle.hpp"
#include "ledger/append.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

class ReadBack {
 public:
  ReadBack() = default;
  /// `start` is the tree before the transaction, `last_sealed` the commitment of its last entry.
  ReadBack(chain::CompactRange start, const std::optional<Hash>& last_sealed);

  /// Remembers an entry. A commitment that stood before is refused: it tells of repeated randomness.
  void expect(const Appended& appended);
  [[nodiscard]] bool empty() const { return written_.empty(); }
  /// Reads every row again; entries must give the root that was signed, S its commitment.
  void check(store::Database& database, const chain::Checkpoint& checkpoint,
             const std::string& note) const;

 private:
  struct Written {
    Hash hash;
    std::optional<Hash> sealed_hash;
  };

  void check_entries(store::Database& database, const chain::Checkpoint& checkpoint) const;
  void check_sealed(store::Database& database) const;

  chain::CompactRange start_;
  std::vector<Written> written_;
  std::set<Hash> commitments_;
};

/// What went wrong behind a commit is no refusal: whoever is told that nothing was done would do it twice.
[[nodiscard]] Error behind_the_commit(const Error& error);

}  // namespace lexecon::ledger
