#include "ledger/verify_rows.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.hpp"

namespace lexecon::ledger {
namespace {

using namespace std::string_view_literals;

/// Pages that name each other in a circle come to an end.
template <class Number>
void require_order(const std::optional<Number>& before, Number now, const char* table) {
  if (!before || *before < now) return;
  throw Error(ErrorCode::integrity, "the rows of `" + std::string(table) + "` are out of order");
}

}  // namespace

RowReader::RowReader(store::Database& database, Wanted wanted)
    : entries_(database.prepare(std::string(select_rows) + " WHERE seq >= 0 ORDER BY seq")),
      archived_(database.prepare(std::string(select_archived) + " ORDER BY seq")) {
  if (wanted.sealed) {
    sealed_.emplace(database.prepare("SELECT seq, body FROM sealed WHERE seq >= 0 ORDER BY seq"));
  }
  if (wanted.notes) {
    notes_.emplace(database.prepare("SELECT tree_size, note FROM checkpoints ORDER BY tree_size"));
  }
}

void RowReader::fill(Batch& batch, std::size_t most) {
  batch.clear();
  try {
    read(batch, std::min(most, most_batch_rows));
  } catch (...) {
    batch.read_failure = std::current_exception();
    batch.is_last = true;
  }
}

void RowReader::read(Batch& batch, std::size_t most) {
  if (is_first_) {
    next_entry();
    next_archived();
    next_sealed();
    next_note();
    is_first_ = false;
  }
  batch.is_last = false;
  while (batch.items.size() < most && batch.bytes() < most_batch_bytes) {
    if (!read_row(batch)) {
      batch.is_last = true;
      return;
    }
  }
}

bool RowReader::read_row(Batch& batch) {
  if (!has_entry_ && !next_archived_) return false;
  if (!has_entry_) {
    read_archived(batch);
    return true;
  }
  const Row row = row_of(entries_);
  if (next_archived_ && next_archived_->seq < row.seq) {
    read_archived(batch);
  } else {
    read_entry(batch, row);
  }
  return true;
}

void RowReader::read_entry(Batch& batch, const Row& row) {
  require_order(last_seq_, row.seq, "entries");
  last_seq_ = row.seq;
  Item item;
  item.leaf_bytes = batch.keep(row.body, "\0"sv);
  item.row = {.seq = row.seq,
              .event_type = batch.keep(row.event_type),
              .actor = batch.keep(row.actor),
              .timestamp = batch.keep(row.timestamp),
              .entry_hash = batch.keep(row.entry_hash),
              .body = item.leaf_bytes.substr(1)};
  item.is_archived_too = next_archived_ && next_archived_->seq == row.seq;
  if (item.is_archived_too) next_archived();
  add(batch, std::move(item));
  next_entry();
}

void RowReader::read_archived(Batch& batch) {
  Item item;
  item.row.seq = next_archived_->seq;
  item.is_absent = true;
  item.archived = next_archived_;
  item.hash = next_archived_->entry_hash;
  item.leaf = next_archived_->leaf;
  add(batch, std::move(item));
  next_archived();
}

void RowReader::add(Batch& batch, Item item) {
  ++position_;
  read_sealed(batch, item);
  read_notes(item);
  batch.items.push_back(std::move(item));
}

void RowReader::next_entry() { has_entry_ = entries_.step(); }

void RowReader::next_archived() {
  const auto before = std::exchange(next_archived_, std::nullopt);
  if (!archived_.step()) return;
  next_archived_ = archived_row_of(archived_);
  if (before) require_order(std::optional(before->seq), next_archived_->seq, "archived");
}

void RowReader::read_sealed(Batch& batch, Item& item) {
  for (; sealed_seq_ && *sealed_seq_ <= item.row.seq; next_sealed()) {
    if (*sealed_seq_ == item.row.seq) {
      item.sealed = batch.keep(sealed_->blob_view(1));
    } else if (!item.orphan) {
      item.orphan = sealed_seq_;
    }
  }
}

void RowReader::read_notes(Item& item) {
  for (; note_size_ && *note_size_ <= static_cast<std::int64_t>(position_); next_note()) {
    item.notes.push_back({.size = *note_size_, .note = notes_->text(1), .opened = {}});
  }
}

void RowReader::next_sealed() {
  const auto before = std::exchange(sealed_seq_, std::nullopt);
  if (!sealed_ || !sealed_->step()) return;
  sealed_seq_ = static_cast<std::uint64_t>(sealed_->integer(0));
  require_order(before, *sealed_seq_, "sealed");
}

void RowReader::next_note() {
  const auto before = std::exchange(note_size_, std::nullopt);
  if (!notes_ || !notes_->step()) return;
  note_size_ = notes_->integer(0);
  require_order(before, *note_size_, "checkpoints");
}

}  // namespace lexecon::ledger
