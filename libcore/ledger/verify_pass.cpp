#include "ledger/verify_pass.hpp"

#include <algorithm>
#include <deque>
#include <exception>
#include <string>
#include <utility>

#include "json/json.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify_pool.hpp"

namespace lexecon::ledger {
namespace {

// Only what later checks need of it; the check of the genesis is strict.
std::optional<crypto::Identity> log_of(const chain::Entry& entry) {
  const auto vkey = entry.data.find("ledger_vkey");
  if (vkey == entry.data.end() || !vkey->is_string()) return std::nullopt;
  try {
    return crypto::parse_vkey(vkey->get_ref<const std::string&>());
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

bool is_alteration(const Error& error) {
  return error.code() == ErrorCode::integrity || error.code() == ErrorCode::not_found;
}

template <class Action>
void Pass::each(const Action& action) {
  for (Running& running : checks_) {
    if (running.runs()) action(*running.check);
  }
}

void Pass::run() {
  if (!start()) return;
  entries_ = size(evidence_.database);
  RowReader rows(evidence_.database, {.sealed = runs("sealed"), .notes = runs("checkpoints")});
  show_all(rows);
}

void Pass::run(RowSource& rows) {
  if (start()) show_all(rows);
}

bool Pass::start() {
  each([&](Check& check) {
    if (evidence_.readable) check.start(evidence_);
  });
  return evidence_.readable;
}

bool Pass::runs(std::string_view name) const {
  return std::any_of(checks_.begin(), checks_.end(), [&](const Running& running) {
    return running.type->name == name && running.runs();
  });
}

void Pass::show_all(RowSource& rows) {
  keep_root();
  if (!show_first(rows)) show_rest(rows);
  each([&](Check& check) { check.end(evidence_); });
}

// The first entry alone: it names the key that all checkpoints are opened with. True when it is
// the last too.
bool Pass::show_first(RowSource& rows) {
  Batch batch;
  rows.fill(batch, 1);
  const std::uint64_t from = evidence_.options.from;
  examine_rows(batch, true, from);
  if (!batch.items.empty() && batch.items.front().read.whole() != nullptr) {
    evidence_.log = log_of(*batch.items.front().read.whole());
  }
  if (evidence_.log) evidence_.keys.genesis = *evidence_.log;
  examine_notes(batch, expected_keys(), from);
  join(batch);
  return batch.is_last;
}

void Pass::show_rest(RowSource& rows) {
  std::deque<Batch> batches;  // before the pool, whose threads refer to them
  std::optional<SetsOnRecord> sets;
  if (evidence_.options.deep && runs("redecide")) sets.emplace(evidence_.records);
  Pool pool([keys = expected_keys(), sets = sets ? &*sets : nullptr,
             from = evidence_.options.from](Batch& batch) {
    examine_rows(batch, false, from);
    examine_notes(batch, keys, from);
    if (sets != nullptr) examine_decisions(batch, *sets);
  });
  bool is_last = false;
  const auto read = [&](Batch& batch) {
    rows.fill(batch, SIZE_MAX);
    is_last = batch.is_last;
    pool.submit(batch);
  };
  while (!is_last && batches.size() < pool.depth()) read(batches.emplace_back());
  for (std::size_t waiting = batches.size(); waiting > 0; --waiting) {
    Batch& batch = pool.oldest();
    join(batch);
    if (is_last) continue;
    read(batch);
    ++waiting;
  }
}

// A hint for the threads, which open checkpoints before the rotations below them were joined. Where
// it was wrong, the check of the checkpoints opens them again.
std::optional<LogKeys> Pass::expected_keys() const {
  if (!evidence_.log) return std::nullopt;
  try {
    return read_log_keys(evidence_.database, *evidence_.log);
  } catch (const Error& error) {
    if (!is_alteration(error)) throw;
    return evidence_.keys;
  }
}

void Pass::join(const Batch& batch) {
  if (batch.examine_failure) std::rethrow_exception(batch.examine_failure);
  for (const Item& item : batch.items) show(item);
  if (evidence_.options.progress) evidence_.options.progress(evidence_.range.size(), entries_);
  if (batch.read_failure) std::rethrow_exception(batch.read_failure);
}

void Pass::show(const Item& item) {
  const std::uint64_t position = evidence_.range.size();
  if (item.read.whole() != nullptr) note_rotation(*item.read.whole(), position);
  evidence_.range.append(item.leaf);
  keep_root();
  const chain::EntryView* const view = item.read.view ? &*item.read.view : nullptr;
  const Seen seen{position, item.row, item.hash, view, item.read.whole(), item};
  each([&](Check& check) {
    item.is_absent ? check.absent(evidence_, seen) : check.entry(evidence_, seen);
  });
}

// By its place: what it calls itself is for the check of the sequence.
void Pass::note_rotation(const chain::Entry& entry, std::uint64_t position) {
  auto rotation = rotation_in(entry);
  if (!rotation) return;
  rotation->seq = position;
  evidence_.keys.rotations.push_back(*std::move(rotation));
}

void Pass::keep_root() {
  const auto wanted = evidence_.roots.find(evidence_.range.size());
  if (wanted != evidence_.roots.end()) wanted->second = evidence_.range.root();
}

}  // namespace lexecon::ledger
