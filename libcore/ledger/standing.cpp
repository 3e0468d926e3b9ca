#include "ledger/standing.hpp"

#include <optional>
#include <utility>

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "ledger/frontier.hpp"
#include "ledger/reader.hpp"

namespace lexecon::ledger {
namespace {

constexpr const char* how_to_mend =
    "nothing was recorded; keep a copy of the node, find out who changed it, and see "
    "lexecon-ledger(5), Recovery";

[[noreturn]] void altered(const std::string& what) {
  throw Error(ErrorCode::integrity, what, {}, how_to_mend);
}

StoredEntry required_entry(store::Database& database, std::uint64_t seq) {
  auto stored = read_entry(database, seq);
  if (!stored) altered("the ledger lacks " + chain::entry_id(seq));
  return *std::move(stored);
}

chain::Checkpoint opened(const std::string& note, const LogKeys& keys, const std::string& what) {
  try {
    return open_checkpoint(note, keys);
  } catch (const Error& error) {
    altered(what + " is no checkpoint of this log: " + error.message());
  }
}

std::optional<std::uint64_t> size_in(const std::string& note) {
  try {
    return chain::parse_checkpoint(chain::parse_note(note)).tree_size;
  } catch (const Error&) {
    return std::nullopt;
  }
}

void check_head(store::Database& database, const Standing& standing, const std::string& head,
                const std::string& what) {
  if (head == standing.note) return;  // opened already, and of all the entries there are
  const std::uint64_t size = standing.range.size();
  chain::Checkpoint checkpoint;
  try {
    checkpoint = opened(head, standing.keys, what);
  } catch (const Error& error) {
    if (size_in(head).value_or(0) <= size) throw;
    altered(error.message() + "; it is of " + std::to_string(*size_in(head)) + " entries, of " +
            std::to_string(size) +
            " in the database, which may have been set back to an older key");
  }
  if (checkpoint.tree_size > size) {
    altered("the database holds " + std::to_string(size) + " entries, " + what + " saw " +
            std::to_string(checkpoint.tree_size) + ": it was set back");
  }
  const auto stored = checkpoint_at(database, checkpoint.tree_size);
  if (!stored) {
    altered(what + " is of " + std::to_string(checkpoint.tree_size) + " entries, of " +
            std::to_string(size) + " in the database, which has no checkpoint of that size");
  }
  if (opened(*stored, standing.keys, "a stored checkpoint").root != checkpoint.root) {
    altered("the database and " + what + " have different roots at " +
            std::to_string(checkpoint.tree_size) + " entries, of " + std::to_string(size) +
            ": two histories");
  }
}

// Entries of two times are of two transactions, whatever the table of checkpoints holds.
bool has_several_checkpoints(store::Database& database, const Standing& standing) {
  if (standing.last.timestamp != standing.genesis.at) return true;
  auto statement = database.prepare("SELECT count(*) FROM (SELECT 1 FROM checkpoints LIMIT 2)");
  statement.step();
  return statement.integer(0) > 1;
}

// What the index does not lead to would leave the key before in force.
void require_followed(const LogKeys& keys, const chain::Entry& last) {
  if (last.event_type != "key.rotated") return;
  if (keys.rotations.empty() || keys.rotations.back().seq != last.seq) {
    altered("the last entry rotates the key, and the index `entries_by_type` lacks it");
  }
}

// Each key's last note is kept for ever: it vouches for the key that follows.
void require_last_note(store::Database& database, const LogKeys& keys, std::uint64_t size) {
  const std::string what = "the checkpoint of " + std::to_string(size) + " entries";
  const auto note = checkpoint_at(database, size);
  if (!note) altered(what + ", the last one of its key, is missing");
  if (opened(*note, keys, what).tree_size != size) altered(what + " is of another size");
}

}  // namespace

Standing read_standing(store::Database& database) {
  const std::uint64_t entries = size(database);
  if (entries == 0) altered("the ledger holds no entry");
  Standing standing;
  standing.genesis = read_genesis(required_entry(database, 0).entry);
  const auto last = required_entry(database, entries - 1);
  if (last.entry.origin != standing.genesis.log.name) {
    altered("the last entry is of another log, `" + last.entry.origin + "`");
  }
  const auto note = last_checkpoint(database);
  if (!note) altered("the ledger holds no checkpoint");
  standing.keys = read_log_keys(database, standing.genesis.log);
  require_followed(standing.keys, last.entry);
  const auto checkpoint = opened(*note, standing.keys, "the last checkpoint");
  standing.before_last = read_frontier(database, entries - 1);
  standing.range = standing.before_last;
  standing.range.append(chain::leaf_hash(last.bytes));
  if (checkpoint.tree_size != entries) {
    altered("the last checkpoint is of " + std::to_string(checkpoint.tree_size) + " entries, of " +
            std::to_string(entries) + " in the database");
  }
  if (checkpoint.root != standing.range.root()) {
    altered("the entries do not give the root of the checkpoint of " + std::to_string(entries) +
            " entries");
  }
  for (const Rotation& rotation : standing.keys.rotations) {
    require_last_note(database, standing.keys, rotation.last_before());
  }
  standing.last_hash = last.hash;
  standing.last = last.entry;
  standing.note = *note;
  return standing;
}

void check_heads(store::Database& database, const Standing& standing, const Heads& heads) {
  if (heads.node) {
    check_head(database, standing, *heads.node, "head.note");
  } else if (has_several_checkpoints(database, standing)) {
    throw Error(ErrorCode::integrity,
                "head.note is missing beside a ledger of " + std::to_string(standing.range.size()) +
                    " entries",
                "head.note",
                "nothing was recorded; restore head.note from where it was kept, or see "
                "lexecon-ledger(5), Recovery");
  }
  if (heads.user) check_head(database, standing, *heads.user, "the user's copy of the head");
}

}  // namespace lexecon::ledger
