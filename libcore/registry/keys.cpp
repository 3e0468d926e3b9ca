#include "registry/keys.hpp"

#include "base/error.hpp"
#include "json/json.hpp"
#include "registry/evidence.hpp"

namespace lexecon::registry {
namespace {

constexpr std::string_view table = "token_keys";
constexpr std::string_view columns = "SELECT kid, public_key, seq FROM token_keys ";

TokenKey key_of(const chain::Entry& entry) {
  const auto raw = from_hex(entry.data.at("public_key").get_ref<const std::string&>());
  const auto where = chain::entry_id(entry.seq);
  if (!raw) throw Error(ErrorCode::integrity, "the public key on record is not hex", where);
  const auto key = crypto::public_key(*raw, where);
  // SECURITY: a kid that is not its key's would let one key answer for another
  const auto& kid = entry.data.at("kid").get_ref<const std::string&>();
  if (key.kid() != kid) {
    throw Error(ErrorCode::integrity, "the kid on record is not that of its key", where);
  }
  return {kid, key, entry.seq};
}

/// Whether the row says what the entry does.
bool is_of(const store::Statement& row, const TokenKey& key) {
  return row.text_view(0) == key.kid && row.text_view(1) == to_hex(key.key.view()) &&
         row.integer(2) == static_cast<std::int64_t>(key.added_seq);
}

/// The keys in force as the entries say, oldest first.
std::vector<TokenKey> keys_in_entries(store::Database& database) {
  std::vector<TokenKey> keys;
  each_after(database, "key.added", std::nullopt, std::nullopt,
             [&](const chain::Entry& entry) { keys.push_back(key_of(entry)); });
  each_after(database, "key.removed", std::nullopt, std::nullopt, [&](const chain::Entry& entry) {
    std::erase_if(keys, [&](const auto& key) {
      return key.added_seq < entry.seq && entry.data.at("kid") == key.kid;
    });
  });
  return keys;
}

// SECURITY: neither a row that nobody announced nor one of a key that was removed is in force
TokenKey in_force(store::Database& database, const store::Statement& row) {
  const auto seq = static_cast<std::uint64_t>(row.integer(2));
  auto key = key_of(entry_behind(database, table, seq, "key.added").entry);
  if (!is_of(row, key)) refuse_table(table, seq);
  each_after(database, "key.removed", seq, key.kid, [&](const chain::Entry& entry) {
    if (entry.data.at("kid") == key.kid) refuse_table(table, entry.seq);
  });
  return key;
}

}  // namespace

std::optional<TokenKey> token_key(store::Database& database, std::string_view kid) {
  auto query = database.prepare(std::string(columns) +
                                "WHERE kid = ?1 AND removed_seq IS NULL ORDER BY seq DESC LIMIT 1");
  query.bind(1, kid);
  if (query.step()) return in_force(database, query);
  // No row is only an answer when all rows are there.
  for (auto& key : keys_in_entries(database)) {
    if (key.kid == kid) refuse_table(table, key.added_seq);
  }
  return std::nullopt;
}

std::vector<TokenKey> token_keys(store::Database& database) {
  auto keys = keys_in_entries(database);
  auto query = database.prepare(std::string(columns) + "WHERE removed_seq IS NULL ORDER BY seq");
  for (const auto& key : keys) {
    if (!query.step() || !is_of(query, key)) refuse_table(table, key.added_seq);
  }
  if (query.step()) refuse_table(table, static_cast<std::uint64_t>(query.integer(2)));
  return keys;
}

void apply_key(store::Database& database, const chain::Entry& entry) {
  const auto seq = static_cast<std::int64_t>(entry.seq);
  const auto& kid = entry.data.at("kid").get_ref<const std::string&>();
  if (entry.event_type == "key.removed") {
    database
        .prepare("UPDATE token_keys SET removed_seq = ?1 WHERE kid = ?2 AND removed_seq IS NULL")
        .bind(1, seq)
        .bind(2, std::string_view(kid))
        .run();
    return;
  }
  database.prepare("INSERT INTO token_keys(seq, kid, public_key) VALUES (?1, ?2, ?3)")
      .bind(1, seq)
      .bind(2, std::string_view(kid))
      .bind(3, std::string_view(entry.data.at("public_key").get_ref<const std::string&>()))
      .run();
}

}  // namespace lexecon::registry
