#include "registry/tokens.hpp"

#include "base/error.hpp"
#include "json/json.hpp"
#include "registry/token_evidence.hpp"

namespace lexecon::registry {
namespace {

constexpr std::string_view columns =
    "SELECT t.seq, t.decision_id, t.jti, t.token_hash, t.kid, t.aud, t.iat, t.exp, t.uses, t.used, "
    "t.revoked_seq, t.revoked_reason FROM tokens t ";

Timestamp time_column(const store::Statement& row, int column) {
  const auto at = token_time(row.text(column));
  if (!at) throw Error(ErrorCode::integrity, "a token's time on record is malformed", row.text(2));
  return *at;
}

/// A row as it is, which no one believes yet; only its entry knows the actor.
TokenRow row_of(const store::Statement& row) {
  const auto hash = hash_from_bytes(row.blob(3));
  if (!hash)
    throw Error(ErrorCode::integrity, "a token's hash on record is malformed", row.text(2));
  TokenRow out;
  out.seq = static_cast<std::uint64_t>(row.integer(0));
  out.decision_id = row.text(1);
  out.record = {.audience = row.text(5),
                .issued_at = time_column(row, 6),
                .expires_at = time_column(row, 7),
                .jti = row.text(2),
                .kid = row.text(4),
                .token_hash = *hash,
                .uses = row.integer(8)};
  out.used = row.integer(9);
  if (!row.is_null(10)) out.revoked_seq = static_cast<std::uint64_t>(row.integer(10));
  out.revoked_reason = row.optional_text(11);
  return out;
}

void insert(store::Database& database, const chain::Entry& entry) {
  const auto& data = entry.data;
  const auto record = decision::parse_token_record(data.at("token"));
  database
      .kept(
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
  if (filter.actor) {
    sql += " AND (SELECT d.actor FROM decisions d WHERE d.decision_id = t.decision_id) IS ?2";
  }
  if (filter.tenant) {
    sql += " AND (SELECT d.tenant FROM decisions d WHERE d.decision_id = t.decision_id) IS ?6";
  }
  if (filter.from) sql += " AND t.iat >= ?3";
  if (filter.to) sql += " AND t.iat < ?4";
  return sql;
}

}  // namespace

std::vector<TokenRow> tokens_of(store::Database& database, std::string_view decision_id) {
  std::vector<TokenRow> rows;
  auto query = database.prepare(std::string(columns) + "WHERE t.decision_id = ?1 ORDER BY t.seq");
  query.bind(1, decision_id);
  while (query.step()) rows.push_back(believed(database, row_of(query)));
  require_all_tokens(database, decision_id, rows);
  return rows;
}

std::optional<TokenRow> token_by_jti(store::Database& database, std::string_view jti) {
  auto query =
      database.prepare(std::string(columns) + "WHERE t.jti = ?1 ORDER BY t.seq DESC LIMIT 1");
  query.bind(1, jti);
  if (!query.step()) return std::nullopt;
  return believed(database, row_of(query));
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
  if (filter.tenant) query.bind(6, std::string_view(*filter.tenant));
  std::optional<TokenEnds> ends;  // read once, and not at all for an empty list
  while (query.step()) {
    if (!ends) ends = all_ends(database);
    const auto row = row_of(query);
    visit(believed(database, row, (*ends)[row.record.jti]));
  }
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
