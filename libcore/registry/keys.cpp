#include "registry/keys.hpp"

#include "base/error.hpp"
#include "json/json.hpp"

namespace lexecon::registry {
namespace {

constexpr std::string_view columns = "SELECT kid, public_key, seq FROM token_keys ";

TokenKey row_of(const store::Statement& row) {
  const auto where = "token key " + row.text(0);
  const auto raw = from_hex(row.text(1));
  if (!raw) throw Error(ErrorCode::integrity, "the public key on record is not hex", where);
  const auto key = crypto::public_key(*raw, where);
  // SECURITY: a kid that is not its key's would let one key answer for another
  if (key.kid() != row.text(0)) {
    throw Error(ErrorCode::integrity, "the kid on record is not that of its key", where);
  }
  return {row.text(0), key, static_cast<std::uint64_t>(row.integer(2))};
}

}  // namespace

std::optional<TokenKey> token_key(store::Database& database, std::string_view kid) {
  auto query = database.prepare(std::string(columns) +
                                "WHERE kid = ?1 AND removed_seq IS NULL ORDER BY seq DESC LIMIT 1");
  query.bind(1, kid);
  if (!query.step()) return std::nullopt;
  return row_of(query);
}

std::vector<TokenKey> token_keys(store::Database& database) {
  std::vector<TokenKey> keys;
  auto query = database.prepare(std::string(columns) + "WHERE removed_seq IS NULL ORDER BY seq");
  while (query.step()) keys.push_back(row_of(query));
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
