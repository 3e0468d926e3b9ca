#include "oversight/decisions.hpp"

#include <algorithm>
#include <limits>

#include "json/json.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::oversight {
namespace {

/// `'high','critical'`: the levels from this one on.
std::string levels_from(risk::Level first) {
  std::string list;
  for (auto level = std::max(first, risk::Level::low); level <= risk::Level::critical;
       level = static_cast<risk::Level>(static_cast<int>(level) + 1)) {
    list += (list.empty() ? "'" : ",'") + std::string(risk::to_string(level)) + "'";
  }
  return list;
}

std::string where_clause(const DecisionFilter& filter) {
  std::string sql = " WHERE 1";
  if (filter.actor) sql += " AND actor = ?1";
  if (filter.action) sql += " AND action = ?7";
  if (filter.outcome) sql += " AND outcome = ?2";
  if (filter.tenant) sql += " AND tenant = ?3";
  if (filter.from) sql += " AND seq >= ?4";
  if (filter.to) sql += " AND seq < ?5";
  if (filter.min_level) sql += " AND risk_level IN (" + levels_from(*filter.min_level) + ")";
  return sql;
}

/// A seq that no decision before the moment reaches.
std::int64_t bound_at(store::Database& database, Timestamp moment) {
  const auto first = first_from(database, moment);
  return first ? static_cast<std::int64_t>(*first) : std::numeric_limits<std::int64_t>::max();
}

void bind(store::Statement& query, const DecisionFilter& filter, store::Database& database) {
  if (filter.actor) query.bind(1, std::string_view(*filter.actor));
  if (filter.outcome) query.bind(2, std::string_view(*filter.outcome));
  if (filter.tenant) query.bind(3, std::string_view(*filter.tenant));
  if (filter.from) query.bind(4, bound_at(database, *filter.from));
  if (filter.to) query.bind(5, bound_at(database, *filter.to));
  if (filter.action) query.bind(7, std::string_view(*filter.action));
  if (filter.limit) query.bind(6, static_cast<std::int64_t>(*filter.limit));
}

constexpr std::string_view table = "decisions";

/// The newest that can be an entry's; -1 without any.
std::int64_t newest_seq(store::Database& database) {
  auto query = database.prepare("SELECT coalesce(max(seq), -1) FROM decisions WHERE seq <= ?1");
  query.bind(1, json::max_integer).step();
  return query.integer(0);
}

std::optional<std::string> text_of(const chain::Entry& entry, const char* member) {
  const auto& value = entry.data.at(member);
  return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
}

}  // namespace

// A row that is not there is only an answer when no row is gone. The newest decision is looked at, all
// the others are for the verifier.
void require_newest_decision(store::Database& database) {
  const auto newest = registry::newest_of(database, "decision");
  if (!newest) return;
  const auto stored = registry::entry_behind(database, table, *newest, "decision");
  auto row = database.prepare(
      "SELECT decision_id, tenant, actor, idempotency_key FROM decisions WHERE seq = ?1");
  row.bind(1, static_cast<std::int64_t>(*newest));
  const bool holds = row.step() && row.text(0) == text_of(stored.entry, "decision_id") &&
                     row.optional_text(1) == text_of(stored.entry, "tenant") &&
                     row.text(2) == text_of(stored.entry, "actor") &&
                     row.optional_text(3) == text_of(stored.entry, "idempotency_key");
  if (!holds) registry::refuse_table(table, *newest);
}

std::optional<std::uint64_t> find_decision(store::Database& database,
                                           std::string_view decision_id) {
  auto query = database.prepare("SELECT seq FROM decisions WHERE decision_id = ?1");
  query.bind(1, decision_id);
  if (!query.step()) {
    require_newest_decision(database);
    return std::nullopt;
  }
  const auto seq = static_cast<std::uint64_t>(query.integer(0));
  const auto stored = registry::entry_behind(database, table, seq, "decision");
  if (text_of(stored.entry, "decision_id") != decision_id) registry::refuse_table(table, seq);
  return seq;
}

// INVARIANT: no entry is older than the one before it, so that times need no index.
std::optional<std::uint64_t> first_from(store::Database& database, Timestamp moment) {
  const auto text = to_text(moment);
  auto& at_or_behind =
      database.kept("SELECT seq, timestamp FROM decisions WHERE seq >= ?1 ORDER BY seq LIMIT 1");
  std::int64_t low = 0;
  std::int64_t high = newest_seq(database) + 1;
  std::optional<std::uint64_t> first;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    at_or_behind.bind(1, middle);
    at_or_behind.step();
    const auto seq = at_or_behind.integer(0);
    if (at_or_behind.text_view(1) < text) {
      low = seq + 1;
    } else {
      high = middle;
      first = static_cast<std::uint64_t>(seq);
    }
    at_or_behind.clear();
  }
  return first;
}

std::optional<std::uint64_t> find_repeat(store::Database& database,
                                         const std::optional<std::string>& tenant,
                                         std::string_view actor, std::string_view idempotency_key) {
  auto& query = database.kept(
      "SELECT seq FROM decisions WHERE tenant IS ?1 AND actor = ?2 AND idempotency_key = ?3 "
      "ORDER BY seq LIMIT 1");
  query.bind(1, tenant).bind(2, actor).bind(3, idempotency_key);
  std::optional<std::uint64_t> seq;
  if (query.step()) seq = static_cast<std::uint64_t>(query.integer(0));
  query.clear();
  if (!seq) {
    require_newest_decision(database);
    return std::nullopt;
  }
  const auto stored = registry::entry_behind(database, table, *seq, "decision");
  const bool holds = text_of(stored.entry, "tenant") == tenant &&
                     text_of(stored.entry, "actor") == actor &&
                     text_of(stored.entry, "idempotency_key") == idempotency_key;
  if (!holds) registry::refuse_table(table, *seq);
  return seq;
}

void each_keyed_decision(store::Database& database,
                         const std::function<void(std::uint64_t, const std::string&)>& visit) {
  auto query = database.prepare(
      "SELECT seq, idempotency_key FROM decisions WHERE idempotency_key IS NOT NULL ORDER BY seq");
  while (query.step()) visit(static_cast<std::uint64_t>(query.integer(0)), query.text(1));
}

void each_decision(store::Database& database, const DecisionFilter& filter,
                   const std::function<void(std::uint64_t)>& visit) {
  auto query =
      database.prepare("SELECT seq FROM decisions" + where_clause(filter) + " ORDER BY seq" +
                       (filter.reverse ? " DESC" : "") + (filter.limit ? " LIMIT ?6" : ""));
  bind(query, filter, database);
  while (query.step()) visit(static_cast<std::uint64_t>(query.integer(0)));
}

void apply_decision(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  auto& insert = database.kept(
      "INSERT INTO decisions(seq, decision_id, request_id, actor, action, resource, tool, tenant, "
      "outcome, reason_code, policy_hash, risk_level, risk_score, timestamp, via, idempotency_key) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)");
  insert.bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("decision_id")))
      .bind(3, data.optional_text("request_id"))
      .bind(4, std::string_view(data.text("actor")))
      .bind(5, std::string_view(data.text("action")))
      .bind(6, data.optional_text("resource"))
      .bind(7, data.optional_text("tool"))
      .bind(8, data.optional_text("tenant"))
      .bind(9, std::string_view(data.text("outcome")))
      .bind(10, std::string_view(data.text("reason_code")))
      .bind(11, json::Reader(data.member("policy")).optional_text("hash"))
      .bind(14, std::string_view(to_text(entry.timestamp)))
      .bind(15, std::string_view(data.text("via")))
      .bind(16, data.optional_text("idempotency_key"));
  if (const Json* risk = data.optional_member("risk"); risk != nullptr && !risk->is_null()) {
    insert.bind(12, std::string_view(risk->at("level").get_ref<const std::string&>()));
    if (risk->at("score").is_number_integer()) {
      insert.bind(13, risk->at("score").get<std::int64_t>());
    }
  }
  insert.run();
}

void apply_confirmation(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  // What nobody signed confirms nothing.
  if (!entry.data.contains("approval")) return;
  database
      .prepare(
          "INSERT INTO confirmations(seq, decision_id, requirement, operator, expires_at) "
          "VALUES(?1, ?2, ?3, ?4, ?5)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("decision_id")))
      .bind(3, std::string_view(data.text("requirement")))
      .bind(4, std::string_view(
                   entry.data.at("approval").at("operator").get_ref<const std::string&>()))
      .bind(5, std::string_view(data.text("expires_at")))
      .run();
}

}  // namespace lexecon::oversight
