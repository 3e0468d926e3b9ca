#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "json/loose.hpp"
#include "ledger/entry_reading.hpp"
#include "ledger/gathered.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

/// Of the entry that stands there; whether it should is for other checks to say.
std::optional<Hash> commitment_of(Records& records, std::uint64_t seq) {
  const auto bytes = records.entry(seq);
  const auto reading = bytes ? read_bytes(*bytes) : EntryReading{};
  return reading.view ? reading.view->sealed_hash : std::nullopt;
}

// Each S hashes to its commitment; what is missing was erased, what was erased is missing.
class SealedCheck final : public Check {
  void start(Evidence& evidence) override {
    auto negative = evidence.database.prepare("SELECT count(*) FROM sealed WHERE seq < 0");
    negative.step();
    if (negative.integer(0) > 0) fail(std::nullopt, "sealed content has a negative number");
  }

  void entry(Evidence& evidence, const Seen& seen) override {
    if (seen.item.orphan) orphan(*seen.item.orphan);
    last_ = seen.row.seq;
    if (seen.entry == nullptr) return;
    compare(seen, evidence.options.from);
    if (seen.whole != nullptr && seen.whole->event_type == "sealed.erased") {
      note_erasures(evidence, *seen.whole);
    }
  }

  void absent(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.item.orphan) orphan(*seen.item.orphan);
    if (seen.item.sealed) orphan(seen.row.seq);
    last_ = seen.row.seq;
  }

  void end(Evidence& evidence) override {
    if (const auto seq = evidence.records.sealed_after(last_)) orphan(*seq, false);
    for (const std::uint64_t seq : missing_) {
      if (!erased_.contains(seq)) {
        fail(seq,
             "the sealed content of " + chain::entry_id(seq) + " is missing and was never erased");
      }
    }
    for (const std::uint64_t seq : erased_) {
      if (!std::binary_search(missing_.begin(), missing_.end(), seq)) {
        fail(seq, "the sealed content of " + chain::entry_id(seq) + " was erased and is there");
      }
    }
  }

  // An entry that does not exist cannot be bad.
  void orphan(std::uint64_t seq, bool has_entry = true) {
    fail(has_entry ? std::optional(seq) : std::nullopt,
         "there is sealed content for " + chain::entry_id(seq) + ", which has none");
  }

  void compare(const Seen& seen, std::uint64_t from) {
    const std::uint64_t seq = seen.row.seq;
    if (!seen.entry->sealed_hash) {
      if (seen.item.sealed) orphan(seq);
      return;
    }
    if (seq >= from) saw();
    if (!seen.item.sealed) {
      missing_.push_back(seq);
    } else if (seen.item.sealed_fault) {
      fail(seq, "the sealed content of " + chain::entry_id(seq) + " " + *seen.item.sealed_fault);
    }
  }

  // The shape of the list is for the check of events; whether that may be named, for that of custody.
  void note_erasures(Evidence& evidence, const chain::Entry& erasure) {
    for (const auto seq : json::naturals(json::member(erasure.data, "seqs"))) {
      if (commitment_of(evidence.records, seq)) erased_.insert(seq);
    }
  }

  std::optional<std::uint64_t> last_;
  std::vector<std::uint64_t> missing_;  // ascending
  std::set<std::uint64_t> erased_;
};

// A commitment that stands twice tells of repeated randomness, or of an entry copied.
class SealedUniqueCheck final : public Check {
  void start(Evidence& evidence) override { commitments_.reserve(evidence.records.room()); }

  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.entry == nullptr || !seen.entry->sealed_hash) return;
    saw();
    WideId prefix;
    std::memcpy(&prefix.low, seen.entry->sealed_hash->bytes.data(), sizeof prefix.low);
    commitments_.add(prefix, seen.row.seq, Naming::opens);
  }

  void end(Evidence& evidence) override {
    commitments_.each_open([&](std::span<const std::uint64_t> seqs) {
      std::map<Hash, std::uint64_t> first;
      for (const std::uint64_t seq : seqs) {
        const auto commitment = commitment_of(evidence.records, seq);
        if (!commitment) continue;
        const auto [known, is_new] = first.emplace(*commitment, seq);
        if (is_new) continue;
        fail(seq,
             chain::entry_id(seq) + " has the sealed content of " + chain::entry_id(known->second));
      }
    });
  }

  Gathered commitments_;
};

}  // namespace

NewCheck new_sealed_check() { return std::make_unique<SealedCheck>(); }
NewCheck new_sealed_unique_check() { return std::make_unique<SealedUniqueCheck>(); }

}  // namespace lexecon::ledger
