#include <string>

#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// The bytes are canonical JSON of exactly the eleven members.
class EntriesCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    saw();
    if (seen.entry == nullptr)
      fail(seen.row.seq, "the bytes are no entry: " + seen.item.read.refusal);
  }
};

class SequenceCheck final : public Check {
  void start(Evidence& evidence) override {
    auto statement = evidence.database.prepare("SELECT count(*) FROM entries WHERE seq < 0");
    statement.step();
    if (statement.integer(0) > 0) fail(std::nullopt, "an entry has a negative number");
  }

  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (!require_place(seen)) return;
    if (seen.entry != nullptr && seen.entry->seq != seen.position) {
      fail(seen.position,
           chain::entry_id(seen.position) + " calls itself " + chain::entry_id(seen.entry->seq));
    }
  }

  void absent(Evidence& /*evidence*/, const Seen& seen) override {
    static_cast<void>(require_place(seen));
  }

  bool require_place(const Seen& seen) {
    saw();
    if (seen.row.seq == seen.position) return true;
    fail(seen.position,
         chain::entry_id(seen.position) + " expected, found " + chain::entry_id(seen.row.seq));
    return false;
  }
};

// A link that does not hold accuses two entries. The one before is cleared by a checkpoint that
// covers it; else the one after is cleared when its own successor links to it, or, of the last, when
// its bytes are those that its column repeats. Where numbers are missing, what is missing is the answer.
class LinksCheck final : public Check {
  void entry(Evidence& evidence, const Seen& seen) override {
    saw();
    const bool holds =
        seen.entry == nullptr || !previous_ || seen.entry->previous_hash == *previous_;
    settle(evidence, seen.entry != nullptr && holds);
    if (!holds) {
      broken_ = next_;
      follows_ = seen.row.seq == next_ && (seen.entry == nullptr || seen.entry->seq == next_);
      // A list of entries has no columns.
      is_as_stored_ = !seen.item.is_archived_too &&
                      (seen.row.entry_hash.empty() || seen.row.entry_hash == seen.hash.view());
      follows_archived_ = is_after_archived_;
    }
    go_on(seen, false);
  }

  // What it linked to is gone with its bytes; what links to it is not, unless it is withheld.
  void absent(Evidence& evidence, const Seen& seen) override {
    settle(evidence, is_as_stored_);
    go_on(seen, true);
  }

  void end(Evidence& evidence) override { settle(evidence, is_as_stored_); }

  void go_on(const Seen& seen, bool is_archived) {
    const bool is_withheld = seen.item.is_absent && !seen.item.archived;
    previous_ = is_withheld ? std::nullopt : std::optional(seen.hash);
    next_ = seen.row.seq + 1;
    is_after_archived_ = is_archived;
  }

  void settle(const Evidence& evidence, bool is_linked_to) {
    if (!broken_) return;
    // A checkpoint covers the leaf of what was archived, not the hash that is kept beside it.
    const bool is_cleared = evidence.vouched >= *broken_ && !follows_archived_;
    const bool blames_the_one_before = follows_ && is_linked_to && !is_cleared;
    fail(blames_the_one_before ? *broken_ - 1 : *broken_,
         chain::entry_id(*broken_) + " does not link to the entry before it");
    broken_.reset();
  }

  std::optional<Hash> previous_ = Hash();  // nothing behind an entry that is withheld
  std::uint64_t next_ = 0;
  std::optional<std::uint64_t> broken_;
  bool follows_ = false;
  bool is_as_stored_ = false;
  bool is_after_archived_ = false;
  bool follows_archived_ = false;
};

class TimesCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.entry == nullptr) return;
    saw();
    if (seen.entry->timestamp < last_) {
      fail(seen.row.seq, chain::entry_id(seen.row.seq) + " of " +
                             std::string(seen.entry->time_text) + " follows one of " +
                             to_text(last_));
    }
    last_ = seen.entry->timestamp;
  }

  Timestamp last_;
};

class ColumnsCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.entry == nullptr) return;
    saw();
    if (const auto column = differing_column(seen.row, *seen.entry, seen.hash)) {
      fail(seen.row.seq, "the column `" + std::string(*column) + "` of " +
                             chain::entry_id(seen.row.seq) + " differs from the entry");
    }
  }
};

}  // namespace

NewCheck new_entries_check() { return std::make_unique<EntriesCheck>(); }
NewCheck new_sequence_check() { return std::make_unique<SequenceCheck>(); }
NewCheck new_links_check() { return std::make_unique<LinksCheck>(); }
NewCheck new_times_check() { return std::make_unique<TimesCheck>(); }
NewCheck new_columns_check() { return std::make_unique<ColumnsCheck>(); }

}  // namespace lexecon::ledger
