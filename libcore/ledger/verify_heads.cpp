#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "chain/note.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// A note from outside the database: it must be by the log's key in force at its size, not of more
// entries than the log holds, and have the root that these give.
class NoteCheck : public Check {
 protected:
  void expect(Evidence& evidence, std::string note) {
    try {
      evidence.roots.emplace(chain::parse_checkpoint(chain::parse_note(note)).tree_size, Hash{});
    } catch (const Error&) {
      // No checkpoint at all: compare() says so.
    }
    notes_.push_back(std::move(note));
  }

  void compare_all(Evidence& evidence, const std::string& what) {
    for (const std::string& note : notes_) {
      saw();
      compare(evidence, note, what);
    }
  }

  [[nodiscard]] bool has_notes() const { return !notes_.empty(); }

 private:
  void compare(Evidence& evidence, const std::string& note, const std::string& what) {
    if (!evidence.log)
      return fail(std::nullopt, what + " cannot be verified: the log's key is unknown");
    chain::Checkpoint checkpoint;
    try {
      checkpoint = open_checkpoint(note, evidence.keys);
    } catch (const Error& error) {
      return refuse(evidence, note, what, error.message());
    }
    const std::uint64_t entries = evidence.range.size();
    const std::string size = std::to_string(checkpoint.tree_size);
    if (checkpoint.tree_size > entries) {
      fail(entries, "the log holds " + std::to_string(entries) + " entries, " + what + " saw " +
                        size + ": it was set back");
    } else if (evidence.roots.at(checkpoint.tree_size) != checkpoint.root) {
      fail(std::nullopt,
           "the log and " + what + " have different roots at " + size + " entries: two histories");
    } else {
      return;
    }
    evidence.conflicts.push_back({ours(evidence, checkpoint.tree_size), note});
  }

  // A key that the log had may have signed it all the same: above its last checkpoint, or for what a
  // recovery gave up.
  void refuse(Evidence& evidence, const std::string& note, const std::string& what,
              const std::string& why) {
    const auto signer = signer_of(note, evidence.keys);
    if (!signer) {
      return fail(std::nullopt, what + " is no checkpoint of this log: " + why);
    }
    const auto size = chain::parse_checkpoint(chain::parse_note(note)).tree_size;
    const auto sizes = evidence.keys.sizes_of(*signer).value_or(LogKeys::Sizes{});
    std::string detail = what + " is of " + std::to_string(size) + " entries, by the key " +
                         signer->kid() + ", which signs from " + std::to_string(sizes.first) +
                         " to " + std::to_string(sizes.last);
    const auto gap = evidence.keys.last_gap();
    if (gap && size > gap->last_before() && sizes.last <= gap->last_before()) {
      detail += ": it was given up in the recovery of " + chain::entry_id(gap->seq);
    }
    fail(std::nullopt, detail);
    evidence.conflicts.push_back({ours(evidence, size), note});
  }

  static std::optional<crypto::PublicKey> signer_of(const std::string& note, const LogKeys& keys) {
    std::vector<crypto::PublicKey> all{keys.genesis.key};
    for (const Rotation& rotation : keys.rotations) all.push_back(rotation.next.key);
    for (const crypto::PublicKey& key : all) {
      try {
        static_cast<void>(chain::open_checkpoint(note, {keys.genesis.name, key}));
        return key;
      } catch (const Error&) {
        continue;
      }
    }
    return std::nullopt;
  }

  static std::string ours(Evidence& evidence, std::uint64_t size) {
    if (auto note = checkpoint_at(evidence.database, size)) return *std::move(note);
    return last_checkpoint(evidence.database).value_or("");
  }

  std::vector<std::string> notes_;
};

class HeadNoteCheck final : public NoteCheck {
  void start(Evidence& evidence) override {
    if (evidence.heads.node) expect(evidence, *evidence.heads.node);
  }

  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.entry == nullptr) return;
    if (seen.position == 0) first_ = seen.entry->timestamp;
    last_ = seen.entry->timestamp;
  }

  void end(Evidence& evidence) override {
    if (has_notes()) return compare_all(evidence, "head.note");
    remark("there is no head.note");
    auto statement = evidence.database.prepare("SELECT count(*) FROM checkpoints");
    statement.step();
    if (statement.integer(0) > 1 || last_ > first_) evidence.undecidable = "head_note_missing";
  }

  // Entries of two times are of two transactions, whatever the table of checkpoints holds.
  Timestamp first_;
  Timestamp last_;
};

class UserHeadCheck final : public NoteCheck {
  void start(Evidence& evidence) override {
    if (evidence.heads.user) expect(evidence, *evidence.heads.user);
  }

  void end(Evidence& evidence) override { compare_all(evidence, "the user's copy of the head"); }
};

class OlderNotesCheck final : public NoteCheck {
  void start(Evidence& evidence) override {
    for (const std::string& note : evidence.options.older_notes) expect(evidence, note);
  }

  void end(Evidence& evidence) override { compare_all(evidence, "a checkpoint kept elsewhere"); }
};

}  // namespace

NewCheck new_head_note_check() { return std::make_unique<HeadNoteCheck>(); }
NewCheck new_user_head_check() { return std::make_unique<UserHeadCheck>(); }
NewCheck new_older_notes_check() { return std::make_unique<OlderNotesCheck>(); }

}  // namespace lexecon::ledger
