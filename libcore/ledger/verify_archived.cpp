#include <map>
#include <string>

#include "chain/event.hpp"
#include "json/json.hpp"
#include "ledger/archive.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// What was moved out of the database is what an operator signed for: no entry more, none less, each with
// its hash. That its leaf is the right one is what the roots say.
class ArchivedCheck final : public Check {
  void absent(Evidence& /*evidence*/, const Seen& seen) override {
    saw();
    const auto& row = *seen.item.archived;
    auto& group =
        groups_.try_emplace(row.archive_seq, Group{.range = {row.seq, row.seq}, .digest = {}})
            .first->second;
    group.range.high = row.seq + 1;
    group.digest.add(row.seq, row.entry_hash);
    if (row.seq == 0) fail(0, "the genesis entry was moved into an archive");
  }

  void entry(Evidence& evidence, const Seen& seen) override {
    if (seen.item.is_archived_too) {
      fail(seen.row.seq, chain::entry_id(seen.row.seq) + " was moved into an archive, and is here");
    }
    if (seen.whole == nullptr || seen.whole->event_type != "ledger.archived") return;
    saw();
    if (chain::has_shape(*seen.whole)) settle(evidence, *seen.whole, seen.row.seq);
  }

  void end(Evidence& /*evidence*/) override {
    for (const auto& [archive_seq, group] : groups_) {
      fail(group.range.low, chain::entry_id(group.range.low) + " is said to be archived by " +
                                chain::entry_id(archive_seq) + ", which says nothing of it");
    }
  }

  void settle(Evidence& evidence, const chain::Entry& entry, std::uint64_t seq) {
    const auto& data = entry.data;
    const auto id = chain::entry_id(seq);
    const auto size = data.at("tree_size").get<std::uint64_t>();
    if (!checkpoint_at(evidence.database, size)) {
      fail(seq, id + " is of a tree of " + std::to_string(size) +
                    " entries, a size that was never signed");
    }
    const auto found = groups_.find(seq);
    if (found == groups_.end()) return fail(seq, id + " archived entries, and none is gone");
    auto [range, digest] = std::move(found->second);
    groups_.erase(found);
    if (range.high > size) {
      fail(range.high - 1, chain::entry_id(range.high - 1) + " was archived by " + id +
                               ", whose package does not reach it");
    }
    const auto count = digest.count();
    const auto digests = digest.finish();
    const bool is_told = data.at("archived") == count &&
                         data.at("seqs_sha256") == digests.seqs.hex() &&
                         data.at("entries_sha256") == digests.entries.hex();
    if (!is_told)
      fail_between(range, "the entries that are gone are not those that " + id + " archived");
    evidence.archives.push_back({seq, data.at("export_id").get<std::string>(), count});
  }

  struct Group {
    Stretch range;
    ArchiveDigest digest;
  };
  std::map<std::uint64_t, Group> groups_;  // by the entry that archived them, until it was seen
};

}  // namespace

NewCheck new_archived_check() { return std::make_unique<ArchivedCheck>(); }

}  // namespace lexecon::ledger
