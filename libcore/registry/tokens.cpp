#include "registry/tokens.hpp"

#include "base/error.hpp"
#include "json/json.hpp"

namespace lexecon::registry {
namespace {

constexpr std::string_view columns =
    "SELECT t.seq, t.decision_id, d.actor, t.jti, t.token_hash, t.kid, t.aud, t.iat, t.exp, "
    "t.uses, "
    "t.used, t.revoked_seq, t.revoked_reason FROM tokens t JOIN decisions d USING (decision_id) ";

Timestamp time_column(const store::Statement& row, int column) {
  const auto at = token_time(row.text(column));
  if (!at) throw Error(ErrorCode::integrity, "a token's time on record is malformed", row.text(3));
  return *at;
}

TokenRow row_of(const store::Statement& row) {
  const auto hash = hash_from_bytes(row.blob(4));
  if (!hash)
    throw Error(ErrorCode::integrity, "a token's hash on record is malformed", row.text(3));
  TokenRow out;
  out.seq = static_cast<std::uint64_t>(row.integer(0));
  out.decision_id = row.text(1);
  out.actor = row.text(2);
  out.record = {.audience = row.text(6),
                .issued_at = time_column(row, 7),
                .expires_at = time_column(row, 8),
                .jti = row.text(3),
                .kid = row.text(5),
                .token_hash = *hash,
                .uses = row.integer(9)};
  out.used = row.integer(10);
  if (!row.is_null(11)) out.revoked_seq = static_cast<std::uint64_t>(row.integer(11));
  out.revoked_reason = row.optional_text(12);
  return out;
}

void insert(store::Database& database, const chain::Entry& entry) {
  const auto& data = entry.data;
  const auto record = decision::parse_token_record(data.at("token"));
  database
      .prepare(
          "INSERT INTO tokens(seq, decision_id, jti, token_hash, aud, iat, exp, kid, uses) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.at("decision_id").get_ref<const std::string&>()))
      .bind(3, std::string_view(record.jti))
      .bind_blob(4, record.token_hash.view())
      .bind(5, std::string_view(record.audience))
      .bind(6, std::string_view(to_text_seconds(record.issued_at)))
      .bind(7, std::string_view(to_text_seconds(record.expires_at)))
      .bind(8, std::string_view(record.kid))
      .bind(9, record.uses)
      .run();
}

/// The row of a jti, from the newest back: tokens live for a day at most, so theirs is near the
/// end.
std::int64_t row_with(store::Database& database, const chain::Entry& entry) {
  auto query = database.prepare("SELECT seq FROM tokens WHERE jti = ?1 ORDER BY seq DESC LIMIT 1");
  query.bind(1, std::string_view(entry.data.at("jti").get_ref<const std::string&>()));
  if (!query.step()) {
    throw Error(ErrorCode::integrity, "an entry names a token that was never issued",
                chain::entry_id(entry.seq));
  }
  return query.integer(0);
}

std::string where_clause(const TokenFilter& filter) {
  std::string sql = "WHERE 1";
  if (filter.decision_id) sql += " AND t.decision_id = ?1";
  if (filter.actor) sql += " AND d.actor = ?2";
  if (filter.from) sql += " AND t.iat >= ?3";
  if (filter.to) sql += " AND t.iat < ?4";
  return sql;
}

}  // namespace

std::vector<TokenRow> tokens_of(store::Database& database, std::string_view decision_id) {
  std::vector<TokenRow> rows;
  auto query = database.prepare(std::string(columns) + "WHERE t.decision_id = ?1 ORDER BY t.seq");
  query.bind(1, decision_id);
  while (query.step()) rows.push_back(row_of(query));
  return rows;
}

std::optional<TokenRow> token_by_jti(store::Database& database, std::string_view jti) {
  auto query =
      database.prepare(std::string(columns) + "WHERE t.jti = ?1 ORDER BY t.seq DESC LIMIT 1");
  query.bind(1, jti);
  if (!query.step()) return std::nullopt;
  return row_of(query);
}

void each_token(store::Database& database, const TokenFilter& filter,
                const std::function<void(const TokenRow&)>& visit) {
  auto query =
      database.prepare(std::string(columns) + where_clause(filter) + " ORDER BY t.seq" +
                       (filter.reverse ? " DESC" : "") + (filter.limit ? " LIMIT ?5" : ""));
  if (filter.decision_id) query.bind(1, std::string_view(*filter.decision_id));
  if (filter.actor) query.bind(2, std::string_view(*filter.actor));
  if (filter.from) query.bind(3, std::string_view(to_text_seconds(*filter.from)));
  if (filter.to) query.bind(4, std::string_view(to_text_seconds(*filter.to)));
  if (filter.limit) query.bind(5, static_cast<std::int64_t>(*filter.limit));
  while (query.step()) visit(row_of(query));
}

void apply_token(store::Database& database, const chain::Entry& entry) {
  const auto& data = entry.data;
  if (entry.event_type == "decision" || entry.event_type == "token.issued") {
    if (!data.at("token").is_null()) insert(database, entry);
    return;
  }
  const auto row = row_with(database, entry);
  if (entry.event_type == "token.used") {
    database.prepare("UPDATE tokens SET used = ?1 WHERE seq = ?2")
        .bind(1, data.at("use").get<std::int64_t>())
        .bind(2, row)
        .run();
  } else if (entry.event_type == "token.revoked") {
    database
        .prepare(
            "UPDATE tokens SET revoked_seq = ?1, revoked_reason = ?2 "
            "WHERE seq = ?3 AND revoked_seq IS NULL")
        .bind(1, static_cast<std::int64_t>(entry.seq))
        .bind(2, std::string_view(data.at("reason").get_ref<const std::string&>()))
        .bind(3, row)
        .run();
  }
}

}  // namespace lexecon::registry
