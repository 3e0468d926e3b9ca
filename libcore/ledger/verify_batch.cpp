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

/// The entry with its data; nothing when it has not its shape.
std::optional<chain::Entry> entry_of(const Item& item) {
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

void examine_rows(Batch& batch, bool keep_data, std::uint64_t from) {
  for (Item& item : batch.items) {
    if (item.is_absent) continue;
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
    if (item.sealed_fault || !item.read.view) continue;
    if (item.read.view->event_type == "policy.activated") {
      if (const auto entry = entry_of(item)) item.redecision = read_again(*entry, sets);
    } else if (item.read.view->event_type == "decision" && item.sealed) {
      if (const auto entry = entry_of(item)) item.redecision = redecide(*entry, *item.sealed, sets);
    }
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
