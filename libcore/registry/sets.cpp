#include "registry/sets.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::registry {
namespace {

constexpr std::string_view table = "policy_sets";
constexpr std::string_view activated = "policy.activated";

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
  const auto stored = entry_behind(database, table, seq, activated);
  json::Reader reader(stored.entry.data);
  SetRow row;
  row.seq = seq;
  row.activated_at = stored.entry.timestamp;
  row.policy_hash = hash_member(reader, "policy_hash");
  if (reader.optional_text("previous_hash"))
    row.previous_hash = hash_member(reader, "previous_hash");
  row.mode = reader.text("mode");
  row.four_eyes = reader.text("four_eyes");
  row.files = files_of(reader.member("files"));
  return row;
}

}  // namespace

// SECURITY: the entries say what is in force. A row too few would bring an older set back.
std::optional<SetRow> active_set(store::Database& database) {
  const auto newest = newest_of(database, activated);
  auto query = database.prepare("SELECT seq FROM policy_sets ORDER BY seq DESC LIMIT 1");
  std::optional<std::uint64_t> row;
  if (query.step()) row = static_cast<std::uint64_t>(query.integer(0));
  if (row != newest) refuse_table(table, newest ? *newest : *row);
  if (!newest) return std::nullopt;
  return row_of(database, *newest);
}

std::optional<SetRow> find_set(store::Database& database, const Hash& policy_hash) {
  auto query = database.prepare(
      "SELECT seq FROM policy_sets WHERE policy_hash = ?1 ORDER BY seq DESC LIMIT 1");
  query.bind(1, std::string_view(policy_hash.hex()));
  if (query.step()) {
    auto row = row_of(database, static_cast<std::uint64_t>(query.integer(0)));
    if (row.policy_hash != policy_hash) refuse_table(table, row.seq);
    return row;
  }
  // No row is only an answer when all rows are there.
  for (const auto& row : all_sets(database)) {
    if (row.policy_hash == policy_hash) refuse_table(table, row.seq);
  }
  return std::nullopt;
}

std::vector<SetRow> all_sets(store::Database& database) {
  std::vector<SetRow> rows;
  auto entries = database.prepare("SELECT seq FROM entries WHERE event_type = ?1 ORDER BY seq");
  entries.bind(1, activated);
  auto sets = database.prepare("SELECT seq FROM policy_sets ORDER BY seq");
  while (entries.step()) {
    const auto seq = static_cast<std::uint64_t>(entries.integer(0));
    if (!sets.step() || sets.integer(0) != entries.integer(0)) refuse_table(table, seq);
    rows.push_back(row_of(database, seq));
  }
  if (sets.step()) refuse_table(table, static_cast<std::uint64_t>(sets.integer(0)));
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
  const auto digest = crypto::sha256(bytes);
  database.prepare("INSERT OR IGNORE INTO policy_files(sha256, body) VALUES (?1, ?2)")
      .bind_blob(1, digest.view())
      .bind_blob(2, bytes)
      .run();
  // SECURITY: other bytes may stand under that digest already; reading them hashes them
  if (ledger::read_policy_file(database, digest) != bytes) {
    throw Error(ErrorCode::integrity, "a policy file on record is not what its digest says",
                digest.hex(), "run lexecon ledger verify");
  }
}

}  // namespace lexecon::registry
