#include "service/salvage.hpp"

#include "base/error.hpp"
#include "chain/merkle.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "ledger/append.hpp"
#include "ledger/archive.hpp"
#include "ledger/frontier.hpp"
#include "ledger/reader.hpp"
#include "registry/sets.hpp"
#include "service/act.hpp"
#include "store/schema.hpp"

namespace lexecon::service {
namespace {

void require_checkpoint(store::Database& from, std::uint64_t size) {
  if (ledger::checkpoint_at(from, size)) return;
  auto below = from.prepare("SELECT max(tree_size) FROM checkpoints WHERE tree_size < ?1");
  below.bind(1, static_cast<std::int64_t>(size));
  below.step();
  const auto nearest = below.optional_integer(0);
  throw Error(ErrorCode::not_found,
              "no checkpoint of " + std::to_string(size) + " entries is stored", "--accept-size",
              nearest ? "the next smaller one is of " + std::to_string(*nearest) : std::string());
}

[[noreturn]] void unreadable(std::uint64_t seq, const std::string& why) {
  throw Error(ErrorCode::integrity, chain::entry_id(seq) + " cannot be accepted: " + why,
              chain::entry_id(seq),
              "nothing was changed; accept a smaller stored checkpoint, or restore a backup");
}

ledger::Appended read_one(store::Database& from, std::uint64_t seq) {
  auto entry = from.prepare("SELECT body FROM entries WHERE seq = ?1");
  entry.bind(1, static_cast<std::int64_t>(seq));
  auto sealed = from.prepare("SELECT body FROM sealed WHERE seq = ?1");
  sealed.bind(1, static_cast<std::int64_t>(seq));
  try {
    if (!entry.step()) unreadable(seq, "it is not there");
    ledger::Appended appended;
    appended.bytes = entry.blob(0);
    appended.entry = chain::parse_entry(appended.bytes);
    appended.hash = chain::entry_hash(appended.bytes);
    if (sealed.step()) appended.sealed = sealed.blob(0);
    return appended;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::integrity && error.code() != ErrorCode::bad_input) throw;
    unreadable(seq, error.message());
  }
}

/// What the ledger has of an entry that was archived, where the entry that says so is accepted too.
std::optional<ledger::ArchivedRow> archived_before(store::Database& from, std::uint64_t seq,
                                                   std::uint64_t size) {
  auto row = ledger::archived_row(from, seq);
  if (row && row->archive_seq >= size) {
    unreadable(seq, "it was archived by " + chain::entry_id(row->archive_seq) +
                        ", which would not be accepted");
  }
  return row;
}

void keep_files(store::Database& from, store::Database& to, const chain::Entry& entry) {
  if (entry.event_type != "policy.activated") return;
  for (const Json& file : entry.data.at("files")) {
    const auto sha256 = hash_from_hex(file.at("sha256").get_ref<const std::string&>());
    const auto bytes = sha256 ? ledger::read_policy_file(from, *sha256) : std::nullopt;
    if (!bytes) unreadable(entry.seq, "a file of its set is missing");
    registry::keep_file(to, *bytes);
  }
}

void copy_checkpoints(store::Database& from, store::Database& to, std::uint64_t size) {
  auto notes = from.prepare(
      "SELECT tree_size, note FROM checkpoints WHERE tree_size BETWEEN 1 AND ?1 ORDER BY "
      "tree_size");
  notes.bind(1, static_cast<std::int64_t>(size));
  auto insert = to.prepare("INSERT INTO checkpoints(tree_size, note) VALUES(?1, ?2)");
  while (notes.step()) insert.bind(1, notes.integer(0)).bind(2, notes.view(1)).run();
}

}  // namespace

void salvage(store::Database& from, const ledger::NodeFiles& to, std::uint64_t size) {
  require_checkpoint(from, size);
  store::Database database(to.database(), store::OpenMode::create);
  store::Transaction transaction(database, store::Transaction::Kind::write);
  store::migrate(database);
  chain::CompactRange range;
  chain::CompactRange before_last;
  const auto grow = [&](const Hash& leaf) {
    before_last = range;
    range.append(leaf);
  };
  for (std::uint64_t seq = 0; seq < size; ++seq) {
    if (const auto row = archived_before(from, seq, size)) {
      ledger::insert_archived(database, *row);
      grow(row->leaf);
      continue;
    }
    const auto appended = read_one(from, seq);
    if (appended.entry.seq != seq) unreadable(seq, "it is another entry");
    ledger::insert_entry(database, appended);
    keep_files(from, database, appended.entry);
    try {
      project(database, appended.entry);
    } catch (const Json::exception&) {
      unreadable(seq, "its data has another shape");
    }
    grow(chain::leaf_hash(appended.bytes));
  }
  copy_checkpoints(from, database, size);
  ledger::write_frontier(database, before_last);
  transaction.commit();
}

}  // namespace lexecon::service
