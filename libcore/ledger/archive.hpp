// Entries that were moved into a signed package: of each stay its two hashes, so that every root, every
// checkpoint and every link goes on to verify.
//
// Shapes   a row of `archived` names the ledger.archived entry that moved it; of the entries that one moved,
//          seqs_sha256 = SHA-256 over each seq, decimal, LF; entries_sha256 = SHA-256 over each entry_hash in
//          hex, LF; both in order of seq
// Errors   Error{integrity} for a row of another shape
// Source   lexecon-ledger(5), Archives
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "crypto/hash.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

struct ArchivedRow {
  std::uint64_t seq = 0;
  Hash entry_hash;
  Hash leaf;
  std::uint64_t archive_seq = 0;
};

/// Append WHERE and ORDER BY; archived_row_of reads its columns.
inline constexpr std::string_view select_archived =
    "SELECT seq, entry_hash, leaf, archive_seq FROM archived";
[[nodiscard]] ArchivedRow archived_row_of(const store::Statement& statement);
[[nodiscard]] std::optional<ArchivedRow> archived_row(store::Database& database, std::uint64_t seq);
void insert_archived(store::Database& database, const ArchivedRow& row);
[[nodiscard]] std::uint64_t count_archived(store::Database& database);
/// The export_id of the package that has an entry; nothing when it was not moved.
[[nodiscard]] std::optional<std::string> archive_of(store::Database& database, std::uint64_t seq);
/// Throws Error{not_found} for an entry that is not here: which package has it, or that none is known.
[[noreturn]] void refuse_absent(store::Database& database, std::uint64_t seq);
/// The hash of an entry, whether it is here or was moved.
[[nodiscard]] std::optional<Hash> hash_of_entry(store::Database& database, std::uint64_t seq);

/// What a ledger.archived entry says of all that it moves, which are added in order of seq.
class ArchiveDigest {
 public:
  void add(std::uint64_t seq, const Hash& entry_hash);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  struct Digests {
    Hash seqs;
    Hash entries;
  };
  /// Ends it; nothing may be added afterwards.
  [[nodiscard]] Digests finish();

 private:
  std::uint64_t count_ = 0;
  crypto::Sha256 seqs_;
  crypto::Sha256 entries_;
};

/// Moves these entries and all that rests on them out of every table, in the transaction that appended
/// `archive_seq`. They ascend, and stand below it.
void move_out(store::Database& database, std::span<const std::uint64_t> seqs,
              std::uint64_t archive_seq);

}  // namespace lexecon::ledger
