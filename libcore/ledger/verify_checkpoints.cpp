#include <string>
#include <utility>

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "ledger/frontier.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// Each note is signed by the key in force at its size, and its root is the one that the entries give
// there.
class CheckpointsCheck final : public Check {
  void entry(Evidence& evidence, const Seen& seen) override {
    if (evidence.records.keeps_every_checkpoint()) require_one_before(seen);
    examine_all(evidence, seen);
  }

  // Its time is gone with its bytes: nobody knows where in between a transaction ended.
  void absent(Evidence& evidence, const Seen& seen) override {
    is_after_archived_ = true;
    examine_all(evidence, seen);
  }

  void examine_all(Evidence& evidence, const Seen& seen) {
    for (const StoredNote& stored : seen.item.notes) {
      last_ = stored.size;
      examine(evidence, stored);
    }
  }

  void end(Evidence& evidence) override {
    const std::uint64_t entries = evidence.range.size();
    evidence.records.each_checkpoint_after(last_, [&](std::int64_t size) {
      saw();
      fail(entries, "there is a checkpoint of " + std::to_string(size) +
                        " entries, the log holds " + std::to_string(entries));
    });
  }

  // All entries of a transaction have one time: where it rises, one ended, and was signed.
  void require_one_before(const Seen& seen) {
    if (seen.entry == nullptr) return;
    const bool is_there = last_ == static_cast<std::int64_t>(seen.position);
    const bool is_known = seen.position > 0 && !std::exchange(is_after_archived_, false);
    if (is_known && seen.entry->timestamp > time_ && !is_there) {
      // Either time may be the wrong one: an entry that another check found is the answer.
      fail_between({seen.position - 1, seen.position + 1},
                   "there is no checkpoint of " + std::to_string(seen.position) + " entries");
    }
    time_ = seen.entry->timestamp;
  }

  void examine(Evidence& evidence, const StoredNote& stored) {
    if (stored.size >= 1 && static_cast<std::uint64_t>(stored.size) < evidence.options.from) return;
    saw();
    const std::string what = "the checkpoint of " + std::to_string(stored.size) + " entries";
    if (stored.size < 1) return fail(std::nullopt, what + " is of no tree");
    const auto size = static_cast<std::uint64_t>(stored.size);
    if (!evidence.log)
      return fail(size - 1, what + " cannot be verified: the log's key is unknown");
    const OpenedNote opened = opened_by(evidence.keys.at(size), stored);
    if (!opened.checkpoint) {
      return fail(size - 1, what + " does not verify: " + opened.refusal);
    }
    if (opened.checkpoint->tree_size != size) {
      return fail(size - 1, what + " says " + std::to_string(opened.checkpoint->tree_size));
    }
    if (size != evidence.range.size() || opened.checkpoint->root != evidence.range.root()) {
      return fail_between({evidence.vouched, size}, "the entries do not give the root of " + what);
    }
    evidence.vouched = size;
    evidence.head = opened.checkpoint;
  }

  // SECURITY: a thread may have expected another key than the entries below the checkpoint name.
  static OpenedNote opened_by(const crypto::Identity& signer, const StoredNote& stored) {
    return stored.opened.by == signer.key ? stored.opened : open_note(stored.note, signer);
  }

  std::optional<std::int64_t> last_;  // the last size that was examined
  Timestamp time_;
  bool is_after_archived_ = false;
};

// Of the table alone: whether the note of that size verifies is for the check above.
class UnsignedTailCheck final : public Check {
  void end(Evidence& evidence) override {
    const std::int64_t largest = evidence.records.largest_checkpoint();
    const std::uint64_t entries = evidence.range.size();
    saw(entries);
    if (largest < static_cast<std::int64_t>(entries)) {
      fail(
          largest < 0 ? 0 : static_cast<std::uint64_t>(largest),
          "of " + std::to_string(entries) + " entries, " + std::to_string(largest) + " are signed");
    }
  }
};

// A wrong one could not hide anything, but the next append would build on it.
class FrontierCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override { last_ = seen.item.leaf; }
  void absent(Evidence& /*evidence*/, const Seen& seen) override { last_ = seen.item.leaf; }

  void end(Evidence& evidence) override {
    const std::uint64_t entries = evidence.range.size();
    if (entries == 0) return;
    saw();
    try {
      auto range = read_frontier(evidence.database, entries - 1);
      range.append(last_);
      if (range.root() != evidence.range.root()) {
        fail(std::nullopt, "the table `frontier` does not give the root of the entries");
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::integrity) throw;
      fail(std::nullopt, error.message());
    }
  }

  Hash last_;
};

}  // namespace

NewCheck new_checkpoints_check() { return std::make_unique<CheckpointsCheck>(); }
NewCheck new_unsigned_tail_check() { return std::make_unique<UnsignedTailCheck>(); }
NewCheck new_frontier_check() { return std::make_unique<FrontierCheck>(); }

}  // namespace lexecon::ledger
