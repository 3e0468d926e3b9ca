#include <string>

#include "base/error.hpp"
#include "json/json.hpp"
#include "ledger/log_state.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// Entries against those before them: nothing is named that was not there, and nothing happens twice.
class StateCheck final : public Check {
  void start(Evidence& evidence) override {
    state_.emplace(evidence.people).reserve(evidence.records.room());
    sizes_.emplace(evidence.database.prepare(
        "SELECT tree_size FROM checkpoints WHERE tree_size > 0 ORDER BY tree_size"));
    next_size();
  }

  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.entry != nullptr) {
      saw();
      if (const auto fault = state_->take(*seen.entry, seen.row.seq)) fail(seen.row.seq, *fault);
    }
    pass_sizes(seen);
  }

  void absent(Evidence& /*evidence*/, const Seen& seen) override {
    is_partial_ = is_partial_ || !seen.item.archived;
    pass_sizes(seen);
  }

  void pass_sizes(const Seen& seen) {
    while (size_ && *size_ <= seen.position + 1) {
      if (*size_ == seen.position + 1) require_escalations(*size_);
      next_size();
    }
  }

  void end(Evidence& evidence) override {
    require_escalations(evidence.range.size());
    const auto found =
        state_->finish([&](std::uint64_t seq) { return evidence.records.entry(seq); }, is_partial_);
    if (found) fail(found->seq, found->fault);
  }

  void next_size() {
    size_.reset();
    if (sizes_->step()) size_ = static_cast<std::uint64_t>(sizes_->integer(0));
  }

  // An escalated decision and its escalation are one transaction. What was altered may be either.
  void require_escalations(std::uint64_t size) {
    if (const auto seq = state_->without_escalation()) {
      fail_between({*seq, size},
                   chain::entry_id(*seq) + " is escalated, and its transaction has no escalation");
    }
  }

  std::optional<LogState> state_;
  std::optional<store::Statement> sizes_;
  std::optional<std::uint64_t> size_;
  bool is_partial_ = false;  // entries are withheld
};

// The keys of the log follow from each other, and each one's last note is kept for ever. By whom the
// notes are is for the check of the checkpoints.
class RotationsCheck final : public Check {
  void entry(Evidence& evidence, const Seen& seen) override {
    if (seen.whole == nullptr || seen.whole->event_type != "key.rotated") return;
    saw();
    const auto rotation = rotation_in(*seen.whole);
    if (!rotation || !evidence.log) return;  // for the check of events, or of the genesis, to say
    if (rotation->next.name != evidence.log->name) {
      fail(seen.row.seq, "the new key of the log is named `" + rotation->next.name +
                             "`, the log `" + evidence.log->name + "`");
    }
    LogKeys before = evidence.keys;
    if (!before.rotations.empty()) before.rotations.pop_back();  // this one
    if (before.sizes_of(rotation->next.key)) {
      fail(seen.row.seq,
           "the new key of the log, " + rotation->next.key.kid() + ", is one that it had before");
    }
  }

  void end(Evidence& evidence) override {
    for (const Rotation& rotation : evidence.keys.rotations) {
      require_note(evidence, rotation, rotation.last_before(), "the last one of the key before");
      if (!rotation.lost) continue;
      if (evidence.records.keeps_every_checkpoint())
        require_note(evidence, rotation, rotation.seq + 1, "the first one of the new key");
      remark("gap: nothing vouches for the key " + rotation.next.key.kid() + " from " +
             chain::entry_id(rotation.seq) + " on; lost was a checkpoint of " +
             std::to_string(rotation.lost->tree_size) + " entries");
    }
  }

  void require_note(Evidence& evidence, const Rotation& rotation, std::uint64_t size,
                    const std::string& what) {
    if (evidence.records.has_checkpoint({.first = size, .last = size})) return;
    fail(rotation.seq, chain::entry_id(rotation.seq) + " rotates the key, and the checkpoint of " +
                           std::to_string(size) + " entries, " + what + ", is missing");
  }
};

}  // namespace

NewCheck new_state_check() { return std::make_unique<StateCheck>(); }
NewCheck new_rotations_check() { return std::make_unique<RotationsCheck>(); }

}  // namespace lexecon::ledger
