#include "ledger/follow.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "ledger/archive.hpp"
#include "ledger/standing.hpp"
#include "ledger/tree.hpp"

namespace lexecon::ledger {
namespace {

constexpr std::uint64_t most_entries = 256;
constexpr std::size_t most_bytes = 1U << 20U;

[[noreturn]] void altered(const std::string& what) {
  throw Error(ErrorCode::integrity, what, {}, "run lexecon ledger verify");
}

std::uint64_t inode_of(const Path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) altered("the ledger is gone");
  return status.st_ino;
}

std::int64_t version_of(store::Database& database) {
  auto statement = database.prepare("PRAGMA data_version");
  statement.step();
  return statement.integer(0);
}

[[noreturn]] void refuse_missing(store::Database& database, std::uint64_t seq) {
  if (archived_row(database, seq)) refuse_absent(database, seq);
  altered("the ledger lacks " + chain::entry_id(seq));
}

/// Calls `visit` with the entries [from, to), each linked to the one before; false ends it early.
void each_linked(store::Database& database, std::uint64_t from, std::uint64_t to, Hash previous,
                 const std::function<bool(StoredEntry&&)>& visit) {
  for (std::uint64_t seq = from; seq < to; ++seq) {
    auto stored = read_entry(database, seq);
    if (!stored) refuse_missing(database, seq);
    if (stored->entry.previous_hash != previous) {
      altered(chain::entry_id(seq) + " does not link to the entry before it");
    }
    previous = stored->hash;
    if (!visit(*std::move(stored))) return;
  }
}

}  // namespace

Follower::Follower(const NodeFiles& files, const Path& state_home,
                   std::optional<std::uint64_t> from)
    : files_(files) {
  open();
  start(state_home, from);
}

void Follower::open() {
  database_.reset();
  file_ = inode_of(files_.database());
  database_.emplace(files_.database(), store::OpenMode::read_only);
  version_ = -1;
}

void Follower::start(const Path& state_home, std::optional<std::uint64_t> from) {
  const auto genesis = read_entry(*database_, 0);
  if (!genesis) altered("the ledger holds no entry");
  const auto heads = read_heads(files_, state_home, genesis->entry.origin);
  const store::Transaction snapshot(*database_, store::Transaction::Kind::read);
  const auto standing = read_standing(*database_);
  check_heads(*database_, standing, heads);
  next_ = std::min(from.value_or(standing.range.size()), standing.range.size());
  chain::CompactRange range;
  each_leaf(*database_, next_, Beside::nothing, [&](const Leaf& leaf) { range.append(leaf.hash); });
  if (next_ > 0) previous_ = hash_of_entry(*database_, next_ - 1).value();
  known_ = {std::move(range), previous_};
}

std::vector<StoredEntry> Follower::next() {
  try {
    return look();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::busy) return {};
    if (error.code() != ErrorCode::io) throw;
  }
  // A writer that died leaves a journal, which only a new connection rolls back.
  open();
  return look();
}

std::vector<StoredEntry> Follower::look() {
  if (inode_of(files_.database()) != file_) open();
  const auto version = version_of(*database_);
  if (version != version_) {
    const store::Transaction snapshot(*database_, store::Transaction::Kind::read);
    require_same(*database_);
    extend();
    version_ = version;
  }
  return next_ < known_.range.size() ? read() : std::vector<StoredEntry>{};
}

void Follower::require_same(store::Database& database) const {
  const std::uint64_t seen = known_.range.size();
  const std::uint64_t entries = size(database);
  if (entries < seen) {
    altered("the ledger held " + std::to_string(seen) + " entries and holds " +
            std::to_string(entries) + ": it was set back");
  }
  if (seen == 0) return;
  const auto last = hash_of_entry(database, seen - 1);
  if (last != known_.last_hash) {
    altered(chain::entry_id(seen - 1) + " is another than it was: two histories");
  }
}

// SECURITY: nothing is shown before the root that covers it was made from it and found signed.
void Follower::extend() {
  const std::uint64_t entries = size(*database_);
  if (entries == known_.range.size()) return;
  const auto standing = read_standing(*database_);
  Known known = known_;
  each_linked(*database_, known.range.size(), entries, known.last_hash, [&](StoredEntry&& each) {
    known.range.append(chain::leaf_hash(each.bytes));
    known.last_hash = each.hash;
    return true;
  });
  if (known.range.root() != standing.range.root()) {
    altered("the entries do not give the root of the checkpoint of " + std::to_string(entries) +
            " entries");
  }
  known_ = std::move(known);
}

std::vector<StoredEntry> Follower::read() {
  std::vector<StoredEntry> found;
  std::size_t bytes = 0;
  const store::Transaction snapshot(*database_, store::Transaction::Kind::read);
  const std::uint64_t end = std::min(next_ + most_entries, known_.range.size());
  each_linked(*database_, next_, end, previous_, [&](StoredEntry&& each) {
    bytes += each.bytes.size();
    found.push_back(std::move(each));
    return bytes < most_bytes;
  });
  next_ += found.size();
  previous_ = found.back().hash;
  if (next_ == known_.range.size() && previous_ != known_.last_hash) {
    altered(chain::entry_id(next_ - 1) + " is another than it was: two histories");
  }
  return found;
}

}  // namespace lexecon::ledger
