#include "registry/sets.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"
#include "ledger/reader.hpp"

namespace lexecon::registry {
namespace {

Hash hash_member(json::Reader& reader, std::string_view name) {
  const auto hash = hash_from_hex(reader.text(name));
  if (!hash) throw Error(ErrorCode::integrity, "expected 64 hex digits", reader.pointer(name));
  return *hash;
}

std::vector<decision::FileDigest> files_of(const Json& list) {
  std::vector<decision::FileDigest> files;
  for (const auto& item : list) {
    json::Reader reader(item, "/files");
    auto name = reader.text("name");
    files.push_back({std::move(name), hash_member(reader, "sha256")});
  }
  return files;
}

SetRow row_of(store::Database& database, std::uint64_t seq) {
  const auto stored = ledger::read_entry(database, seq);
  if (!stored || stored->entry.event_type != "policy.activated") {
    throw Error(ErrorCode::integrity, "a set on record has no policy.activated entry",
                chain::entry_id(seq), "run lexecon ledger verify");
  }
  json::Reader reader(stored->entry.data);
  SetRow row;
  row.seq = seq;
  row.activated_at = stored->entry.timestamp;
  row.policy_hash = hash_member(reader, "policy_hash");
  if (reader.optional_text("previous_hash"))
    row.previous_hash = hash_member(reader, "previous_hash");
  row.mode = reader.text("mode");
  row.four_eyes = reader.text("four_eyes");
  row.files = files_of(reader.member("files"));
  return row;
}

}  // namespace

std::optional<SetRow> active_set(store::Database& database) {
  auto query = database.prepare("SELECT seq FROM policy_sets ORDER BY seq DESC LIMIT 1");
  if (!query.step()) return std::nullopt;
  return row_of(database, static_cast<std::uint64_t>(query.integer(0)));
}

std::optional<SetRow> find_set(store::Database& database, const Hash& policy_hash) {
  auto query = database.prepare(
      "SELECT seq FROM policy_sets WHERE policy_hash = ?1 ORDER BY seq DESC LIMIT 1");
  query.bind(1, std::string_view(policy_hash.hex()));
  if (!query.step()) return std::nullopt;
  return row_of(database, static_cast<std::uint64_t>(query.integer(0)));
}

std::vector<SetRow> all_sets(store::Database& database) {
  std::vector<SetRow> rows;
  auto query = database.prepare("SELECT seq FROM policy_sets ORDER BY seq");
  while (query.step())
    rows.push_back(row_of(database, static_cast<std::uint64_t>(query.integer(0))));
  return rows;
}

void apply_set(store::Database& database, const chain::Entry& entry) {
  const auto& data = entry.data;
  database
      .prepare(
          "INSERT INTO policy_sets(seq, policy_hash, previous_hash, mode, four_eyes, files, actor, "
          "timestamp) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.at("policy_hash").get_ref<const std::string&>()))
      .bind(3, json::Reader(data).optional_text("previous_hash"))
      .bind(4, std::string_view(data.at("mode").get_ref<const std::string&>()))
      .bind(5, std::string_view(data.at("four_eyes").get_ref<const std::string&>()))
      .bind(6, std::string_view(json::canonical(data.at("files"))))
      .bind(7, std::string_view(entry.actor))
      .bind(8, std::string_view(to_text(entry.timestamp)))
      .run();
}

void keep_file(store::Database& database, std::string_view bytes) {
  database.prepare("INSERT OR IGNORE INTO policy_files(sha256, body) VALUES (?1, ?2)")
      .bind_blob(1, crypto::sha256(bytes).view())
      .bind_blob(2, bytes)
      .run();
}

}  // namespace lexecon::registry
