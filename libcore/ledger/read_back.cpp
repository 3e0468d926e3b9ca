#include "ledger/read_back.hpp"

#include <utility>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "ledger/row.hpp"

namespace lexecon::ledger {
namespace {

[[noreturn]] void differs(const std::string& what) {
  throw Error(ErrorCode::io, what + " reads back differently from what was written", {},
              "do not trust this disk; run lexecon ledger verify");
}

}  // namespace

ReadBack::ReadBack(chain::CompactRange start, const std::optional<Hash>& last_sealed)
    : start_(std::move(start)) {
  if (last_sealed) commitments_.insert(*last_sealed);
}

void ReadBack::expect(const Appended& appended) {
  if (appended.entry.sealed_hash && !commitments_.insert(*appended.entry.sealed_hash).second) {
    throw Error(ErrorCode::io, "the source of randomness repeated itself",
                chain::entry_id(appended.entry.seq));
  }
  written_.push_back({appended.hash, appended.entry.sealed_hash});
}

void ReadBack::check(store::Database& database, const chain::Checkpoint& checkpoint,
                     const std::string& note) const {
  database.forget_pages();
  // One snapshot: else SQLite would lock the file, and look for a journal, for each row.
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  check_entries(database, checkpoint);
  check_sealed(database);
  auto stored = database.prepare("SELECT note FROM checkpoints WHERE tree_size = ?1");
  stored.bind(1, static_cast<std::int64_t>(checkpoint.tree_size));
  if (!stored.step() || stored.text(0) != note) differs("the checkpoint");
}

void ReadBack::check_entries(store::Database& database, const chain::Checkpoint& checkpoint) const {
  chain::CompactRange range = start_;
  auto entries = database.prepare(std::string(select_rows) + " WHERE seq >= ?1 ORDER BY seq");
  entries.bind(1, static_cast<std::int64_t>(start_.size()));
  while (entries.step()) {
    const Row row = row_of(entries);
    const std::uint64_t index = range.size() - start_.size();
    // The root holds the body; the hash beside it only has to be the one that was written.
    if (row.seq != range.size() || index >= written_.size() ||
        row.entry_hash != written_[index].hash.view()) {
      differs(chain::entry_id(row.seq));
    }
    range.append(chain::leaf_hash(row.body));
  }
  if (range.size() != checkpoint.tree_size || range.root() != checkpoint.root) {
    differs("an entry of the last transaction");
  }
}

void ReadBack::check_sealed(store::Database& database) const {
  auto rows = database.prepare("SELECT seq, body FROM sealed WHERE seq >= ?1 ORDER BY seq");
  rows.bind(1, static_cast<std::int64_t>(start_.size()));
  for (std::size_t i = 0; i < written_.size(); ++i) {
    if (!written_[i].sealed_hash) continue;
    const std::uint64_t seq = start_.size() + i;
    if (!rows.step() || rows.integer(0) != static_cast<std::int64_t>(seq) ||
        crypto::sha256(rows.blob_view(1)) != *written_[i].sealed_hash) {
      differs("the sealed content of " + chain::entry_id(seq));
    }
  }
  if (rows.step()) differs("the sealed content of " + chain::entry_id(start_.size()) + " or later");
}

Error behind_the_commit(const Error& error) {
  return {ErrorCode::io, "recorded, and then: " + error.message(), error.where(),
          error.hint().empty() ? "see lexecon ledger log before it is asked again" : error.hint()};
}

}  // namespace lexecon::ledger
