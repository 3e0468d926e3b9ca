#include "ledger/archive.hpp"

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "json/json.hpp"
#include "ledger/projections.hpp"
#include "ledger/reader.hpp"

namespace lexecon::ledger {

ArchivedRow archived_row_of(const store::Statement& statement) {
  const auto seq = statement.integer(0);
  const auto entry_hash = hash_from_bytes(statement.blob_view(1));
  const auto leaf = hash_from_bytes(statement.blob_view(2));
  const auto archive_seq = statement.integer(3);
  if (seq < 0 || archive_seq < 0 || !entry_hash || !leaf) {
    throw Error(ErrorCode::integrity, "a row of `archived` has another shape", {},
                "run lexecon ledger verify");
  }
  return {static_cast<std::uint64_t>(seq), *entry_hash, *leaf,
          static_cast<std::uint64_t>(archive_seq)};
}

std::optional<ArchivedRow> archived_row(store::Database& database, std::uint64_t seq) {
  auto row = database.prepare(std::string(select_archived) + " WHERE seq = ?1");
  row.bind(1, static_cast<std::int64_t>(seq));
  if (!row.step()) return std::nullopt;
  return archived_row_of(row);
}

void insert_archived(store::Database& database, const ArchivedRow& row) {
  database.kept("INSERT INTO archived(seq, entry_hash, leaf, archive_seq) VALUES(?1, ?2, ?3, ?4)")
      .bind(1, static_cast<std::int64_t>(row.seq))
      .bind_blob(2, row.entry_hash.view())
      .bind_blob(3, row.leaf.view())
      .bind(4, static_cast<std::int64_t>(row.archive_seq))
      .run();
}

std::uint64_t count_archived(store::Database& database) {
  auto count = database.prepare("SELECT count(*) FROM archived");
  count.step();
  return static_cast<std::uint64_t>(count.integer(0));
}

std::optional<std::string> archive_of(store::Database& database, std::uint64_t seq) {
  const auto row = archived_row(database, seq);
  if (!row) return std::nullopt;
  const auto archive = read_entry(database, row->archive_seq);
  if (!archive || archive->entry.event_type != "ledger.archived") {
    throw Error(ErrorCode::integrity, "no entry says where this one was moved",
                chain::entry_id(seq), "run lexecon ledger verify");
  }
  return archive->entry.data.at("export_id").get<std::string>();
}

void refuse_absent(store::Database& database, std::uint64_t seq) {
  if (const auto archive = archive_of(database, seq)) {
    throw Error(ErrorCode::not_found, chain::entry_id(seq) + " is archived in " + *archive, {},
                "its package has it, in data/ledger/entries.jsonl");
  }
  throw Error(ErrorCode::not_found, "the ledger has no " + chain::entry_id(seq), {},
              "`lexecon ledger log --reverse --limit 1` shows the last one");
}

std::optional<Hash> hash_of_entry(store::Database& database, std::uint64_t seq) {
  if (const auto stored = read_entry(database, seq)) return stored->hash;
  const auto row = archived_row(database, seq);
  return row ? std::optional(row->entry_hash) : std::nullopt;
}

void ArchiveDigest::add(std::uint64_t seq, const Hash& entry_hash) {
  ++count_;
  seqs_.update(std::to_string(seq) + "\n");
  entries_.update(entry_hash.hex() + "\n");
}

ArchiveDigest::Digests ArchiveDigest::finish() { return {seqs_.finish(), entries_.finish()}; }

void move_out(store::Database& database, std::span<const std::uint64_t> seqs,
              std::uint64_t archive_seq) {
  for (const auto seq : seqs) {
    const auto stored = read_entry(database, seq);
    if (!stored) throw Error(ErrorCode::integrity, "the ledger lacks " + chain::entry_id(seq));
    insert_archived(database, {.seq = seq,
                               .entry_hash = stored->hash,
                               .leaf = chain::leaf_hash(stored->bytes),
                               .archive_seq = archive_seq});
  }
  const auto remove_from = [&](const std::string& table) {
    database
        .prepare("DELETE FROM " + table +
                 " WHERE seq IN (SELECT seq FROM archived WHERE archive_seq = ?1)")
        .bind(1, static_cast<std::int64_t>(archive_seq))
        .run();
  };
  // Entries last: what stands beside them refers to them.
  for (const auto* table : projection_tables) remove_from(table);
  remove_from("sealed");
  remove_from("entries");
}

}  // namespace lexecon::ledger
