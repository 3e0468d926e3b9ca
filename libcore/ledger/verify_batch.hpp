// Rows on their way through the verifier: read in order, examined on any thread.
//
// Shapes   a batch keeps its own copy of every byte; what examine() finds of a row rests on that row alone
// Units    a batch ends behind 1,024 rows or 256 KiB, and always holds one row, unless there is none
// Errors   what ends the reading is kept, and thrown where its turn comes
#pragma once

#include <cstdint>
#include <deque>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/checkpoint.hpp"
#include "ledger/archive.hpp"
#include "ledger/entry_reading.hpp"
#include "ledger/log_keys.hpp"
#include "ledger/redecide.hpp"
#include "ledger/row.hpp"

namespace lexecon::ledger {

/// What a note says when that key signed it.
struct OpenedNote {
  crypto::PublicKey by;
  std::optional<chain::Checkpoint> checkpoint;
  std::string refusal;  // why there is none
};
[[nodiscard]] OpenedNote open_note(const std::string& note, const crypto::Identity& signer);

/// A stored checkpoint.
struct StoredNote {
  std::int64_t size = 0;  // as its column says
  std::string note;
  OpenedNote opened;
};

/// A row of `entries` with what stands beside it.
struct Item {
  Row row;
  std::optional<std::string_view> sealed;
  std::optional<std::uint64_t> orphan;  // sealed content before this row that no row owns
  std::vector<StoredNote> notes;        // of the sizes that this row reaches
  std::string_view leaf_bytes;          // a zero byte and the body
  std::optional<Hash> listed_leaf;      // as a package lists it
  bool is_absent = false;               // no bytes: archived, or withheld with its leaf told
  std::optional<ArchivedRow> archived;  // why it is absent from a ledger
  bool is_archived_too = false;         // a row that should be gone

  // By examine_rows():
  Hash hash;
  Hash leaf;
  EntryReading read;
  std::optional<std::string> sealed_fault;
  // By examine_decisions(), of those that can be judged:
  std::optional<Redecision> redecision;
};

inline constexpr std::size_t most_batch_rows = 1024;
inline constexpr std::size_t most_batch_bytes = 262'144;

class Batch {
 public:
  /// Copies the bytes; the view holds until clear().
  [[nodiscard]] std::string_view keep(std::string_view bytes, std::string_view before = {});
  void clear();
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  std::vector<Item> items;
  std::exception_ptr read_failure;     // after the items
  std::exception_ptr examine_failure;  // before them
  bool is_last = false;

 private:
  std::string arena_;
  std::deque<std::string> large_;
  std::size_t bytes_ = 0;
};

/// Hashes and reads each row, and sealed content of entries not below `from`. `keep_data`: parse even
/// where nothing is left to check.
void examine_rows(Batch& batch, bool keep_data, std::uint64_t from);
/// Judges each decision again that is well-formed and has its sealed request.
void examine_decisions(Batch& batch, const SetsOnRecord& sets);
/// Opens each checkpoint not below `from` with the key that is expected at its size; the costly part is
/// the signature.
void examine_notes(Batch& batch, const std::optional<LogKeys>& expected, std::uint64_t from);

}  // namespace lexecon::ledger
