#include "ledger/verify_batch.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "chain/sealed.hpp"
#include "crypto/hash.hpp"
#include "ledger/sealed_request.hpp"

namespace lexecon::ledger {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t arena_bytes = 2 * most_batch_bytes;

/// What is wrong with S of an entry; its shape is told without building the value, where that is enough.
std::optional<std::string> fault_of(std::string_view bytes, const chain::EntryView& entry) {
  if (crypto::sha256(bytes) != *entry.sealed_hash) return "does not hash to its commitment";
  const bool is_decision = entry.event_type == "decision";
  if (is_decision && is_request_of(bytes, entry.data)) return std::nullopt;
  if (!chain::is_sealed(bytes)) {
    try {
      static_cast<void>(chain::unseal(bytes));
    } catch (const Error& error) {
      return "has no shape: " + error.message();
    }
  }
  return is_decision ? request_fault(bytes, entry.data) : std::nullopt;
}

/// Pages that name each other in a circle come to an end.
template <class Number>
void require_order(const std::optional<Number>& before, Number now, const char* table) {
  if (!before || *before < now) return;
  throw Error(ErrorCode::integrity, "the rows of `" + std::string(table) + "` are out of order");
}

/// The decision with its data; nothing when it has not its shape.
std::optional<chain::Entry> decision_of(const Item& item) {
  try {
    auto entry = chain::parse_entry(item.row.body);
    static_cast<void>(chain::check_entry(entry));
    return entry;
  } catch (const Error&) {
    return std::nullopt;  // for the check of events to say
  }
}

}  // namespace

std::string_view Batch::keep(std::string_view bytes, std::string_view before) {
  const std::size_t size = before.size() + bytes.size();
  bytes_ += size;
  if (arena_.capacity() < arena_bytes) arena_.reserve(arena_bytes);
  const bool fits = arena_.capacity() - arena_.size() >= size;
  std::string& target = fits ? arena_ : large_.emplace_back();
  const std::size_t start = target.size();
  target.append(before).append(bytes);
  return std::string_view(target).substr(start);
}

void Batch::clear() {
  items.clear();
  arena_.clear();
  large_.clear();
  bytes_ = 0;
  read_failure = nullptr;
  examine_failure = nullptr;
}

RowReader::RowReader(store::Database& database, Wanted wanted)
    : entries_(database.prepare(std::string(select_rows) + " WHERE seq >= 0 ORDER BY seq")) {
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
  if (!entries_.step()) return false;
  const Row row = row_of(entries_);
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
  ++position_;
  read_sealed(batch, item);
  read_notes(item);
  batch.items.push_back(std::move(item));
  return true;
}

void RowReader::read_sealed(Batch& batch, Item& item) {
  for (; sealed_seq_ && *sealed_seq_ <= item.row.seq; next_sealed()) {
    if (*sealed_seq_ == item.row.seq) {
      item.sealed = batch.keep(sealed_->view(1));
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

void examine_rows(Batch& batch, bool keep_data, std::uint64_t from) {
  for (Item& item : batch.items) {
    item.hash = crypto::sha256(item.row.body);
    item.leaf = crypto::sha256(item.leaf_bytes);
    item.read = read_bytes(item.row.body, keep_data);
    if (item.row.seq >= from && item.sealed && item.read.view && item.read.view->sealed_hash) {
      item.sealed_fault = fault_of(*item.sealed, *item.read.view);
    }
  }
}

void examine_decisions(Batch& batch, const SetsOnRecord& sets) {
  for (Item& item : batch.items) {
    if (!item.sealed || item.sealed_fault || !item.read.view) continue;
    if (item.read.view->event_type != "decision") continue;
    if (const auto entry = decision_of(item))
      item.redecision = redecide(*entry, *item.sealed, sets);
  }
}

void examine_notes(Batch& batch, const std::optional<LogKeys>& expected, std::uint64_t from) {
  if (!expected) return;
  for (Item& item : batch.items) {
    for (StoredNote& stored : item.notes) {
      if (stored.size < 1) continue;
      const auto size = static_cast<std::uint64_t>(stored.size);
      if (size >= from) stored.opened = open_note(stored.note, expected->at(size));
    }
  }
}

OpenedNote open_note(const std::string& note, const crypto::Identity& signer) {
  OpenedNote opened{.by = signer.key, .checkpoint = {}, .refusal = {}};
  try {
    opened.checkpoint = chain::open_checkpoint(note, signer);
  } catch (const Error& error) {
    opened.refusal = error.message();
  }
  return opened;
}

}  // namespace lexecon::ledger
