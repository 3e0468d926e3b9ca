// Where the rows of the verifier come from: the tables of a ledger, or a list elsewhere.
//
// Shapes   one reader, on one thread at a time; a row is read with what stands beside it
// Errors   what ends the reading is kept in the batch
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "ledger/verify_batch.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

struct Wanted {
  bool sealed = true;
  bool notes = true;
};

/// Where rows come from, in their order.
class RowSource {
 public:
  RowSource() = default;
  virtual ~RowSource() = default;
  RowSource(const RowSource&) = delete;
  RowSource& operator=(const RowSource&) = delete;

  /// The next rows, at most `most`.
  virtual void fill(Batch& batch, std::size_t most) = 0;
};

/// Reads the entries, and beside them sealed content and checkpoints, in one pass. Error{integrity} when
/// the rows of a table do not ascend.
class RowReader final : public RowSource {
 public:
  RowReader(store::Database& database, Wanted wanted);
  void fill(Batch& batch, std::size_t most) override;

 private:
  void read(Batch& batch, std::size_t most);
  bool read_row(Batch& batch);
  void read_entry(Batch& batch, const Row& row);
  void read_archived(Batch& batch);
  void add(Batch& batch, Item item);
  void next_entry();
  void next_archived();
  void read_sealed(Batch& batch, Item& item);
  void read_notes(Item& item);
  void next_sealed();
  void next_note();

  store::Statement entries_;
  store::Statement archived_;
  bool has_entry_ = false;  // entries_ stands at a row that was not read
  std::optional<ArchivedRow> next_archived_;
  std::optional<store::Statement> sealed_;
  std::optional<store::Statement> notes_;
  std::optional<std::uint64_t> sealed_seq_;
  std::optional<std::int64_t> note_size_;
  std::uint64_t position_ = 0;
  std::optional<std::uint64_t> last_seq_;
  bool is_first_ = true;
};

}  // namespace lexecon::ledger
