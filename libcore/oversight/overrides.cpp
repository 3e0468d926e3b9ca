#include "oversight/overrides.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"
#include "registry/evidence.hpp"

namespace lexecon::oversight {
namespace {

constexpr std::string_view table = "overrides";

/// The columns that came from override.created, as text.
using Row = std::vector<std::optional<std::string>>;

Row row_of(const chain::Entry& created) {
  json::Reader data(created.data);
  return {data.text("override_id"),
          data.text("decision_id"),
          data.text("type"),
          data.text("scope"),
          data.text("new_outcome"),
          json::canonical(data.member("relations")),
          data.optional_text("expires_at"),
          data.member("approval").at("operator").get<std::string>(),
          to_text(created.timestamp)};
}

void create(store::Database& database, const chain::Entry& entry) {
  auto& insert = database.kept(
      "INSERT INTO overrides(seq, override_id, decision_id, type, scope, new_outcome, relations, "
      "expires_at, operator, timestamp) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
  insert.bind(1, static_cast<std::int64_t>(entry.seq));
  int column = 2;
  for (const auto& value : row_of(entry)) insert.bind(column++, value);
  insert.run();
}

authority::Coverage coverage_of(store::Database& database, const std::string& decision_id) {
  const auto seq = find_decision(database, decision_id);
  if (!seq) registry::refuse_table("decisions", 0);
  const auto stored = registry::entry_behind(database, "decisions", *seq, "decision");
  if (stored.entry.data.at("decision_id") != decision_id) {
    registry::refuse_table("decisions", *seq);
  }
  return authority::coverage_of(stored.entry.data);
}

bool was_revoked(store::Database& database, const authority::Override& made) {
  bool found = false;
  registry::each_after(
      database, "override.created", made.seq, made.decision_id, [&](const chain::Entry& entry) {
        const auto later = authority::parse_override(entry);
        found = found || (later.decision_id == made.decision_id && !later.approves);
      });
  return found;
}

}  // namespace

authority::Overrides overrides(store::Database& database) {
  authority::Overrides out;
  auto query = database.prepare(
      "SELECT seq FROM entries WHERE event_type IN ('override.created', 'override.enacted', "
      "'policy.activated') ORDER BY seq");
  while (query.step()) {
    const auto seq = static_cast<std::uint64_t>(query.integer(0));
    const auto stored = ledger::read_entry(database, seq);
    const auto fault = stored ? out.take(stored->entry) : std::nullopt;
    if (fault) {
      throw Error(ErrorCode::integrity, *fault, chain::entry_id(seq), "run lexecon ledger verify");
    }
  }
  return out;
}

std::vector<authority::Override> overrides_of(store::Database& database,
                                              std::string_view decision_id) {
  std::vector<authority::Override> out;
  registry::each_after(database, "override.created", std::nullopt, decision_id,
                       [&](const chain::Entry& entry) {
                         auto made = authority::parse_override(entry);
                         if (made.decision_id == decision_id) out.push_back(std::move(made));
                       });
  return out;
}

std::vector<StandingOverride> standing_overrides(store::Database& database, Timestamp at) {
  constexpr int columns = 9;
  auto query = database.prepare(
      "SELECT override_id, decision_id, type, scope, new_outcome, relations, expires_at, operator, "
      "timestamp, seq FROM overrides WHERE scope = 'multiple_decisions' AND new_outcome = "
      "'approved' AND expires_at > ?1 ORDER BY seq");
  query.bind(1, std::string_view(to_text(at)));
  std::vector<StandingOverride> out;
  while (query.step()) {
    const auto seq = static_cast<std::uint64_t>(query.integer(columns));
    const auto stored = registry::entry_behind(database, table, seq, "override.created");
    Row row;
    for (int i = 0; i < columns; ++i) row.push_back(query.optional_text(i));
    // SECURITY: a row that somebody wrote lifts nothing
    if (row != row_of(stored.entry)) registry::refuse_table(table, seq);
    auto made = authority::parse_override(stored.entry);
    if (was_revoked(database, made)) continue;
    auto coverage = coverage_of(database, made.decision_id);
    out.push_back({std::move(made), std::move(coverage)});
  }
  return out;
}

std::string new_override_id(store::Database& database, const std::string& decision_id,
                            Entropy& entropy) {
  const auto taken = overrides_of(database, decision_id);
  while (true) {
    auto id = "ovr_" + decision_id + "_" + to_hex(entropy.bytes(4));
    const bool is_taken = std::any_of(taken.begin(), taken.end(),
                                      [&id](const auto& each) { return each.id() == id; });
    if (!is_taken) return id;
  }
}

// What nobody signed has no row: the verifier says what is wrong with it.
void apply_override(store::Database& database, const chain::Entry& entry) {
  if (entry.event_type == "override.created") {
    if (entry.data.contains("approval")) create(database, entry);
    return;
  }
  json::Reader data(entry.data);
  database.kept("UPDATE overrides SET enacted_seq = ?1 WHERE override_id = ?2")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("override_id")))
      .run();
}

}  // namespace lexecon::oversight
