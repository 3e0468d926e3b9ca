#include "oversight/escalations.hpp"

#include "base/error.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::oversight {
namespace {

constexpr std::string_view table = "escalations";

bool holds(const chain::Entry& entry, const char* member, std::string_view value) {
  return entry.data.at(member).get_ref<const std::string&>() == value;
}

void open(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  const auto seq = static_cast<std::int64_t>(entry.seq);
  const auto decision_id = data.text("decision_id");
  const auto escalation_id = data.text("escalation_id");
  database
      .kept(
          "INSERT INTO escalations(seq, escalation_id, decision_id, priority, state, reasons, "
          "created_at) VALUES (?1, ?2, ?3, ?4, 'pending', ?5, ?6)")
      .bind(1, seq)
      .bind(2, std::string_view(escalation_id))
      .bind(3, std::string_view(decision_id))
      .bind(4, std::string_view(data.text("priority")))
      .bind(5, std::string_view(json::canonical(data.member("reasons"))))
      .bind(6, std::string_view(to_text(entry.timestamp)))
      .run();
  database.kept("UPDATE decisions SET escalation_id = ?1 WHERE decision_id = ?2")
      .bind(1, std::string_view(escalation_id))
      .bind(2, std::string_view(decision_id))
      .run();
}

void resolve(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  database
      .prepare(
          "UPDATE escalations SET state = 'resolved', outcome = ?1, expires_at = ?2, "
          "resolved_seq = ?3 WHERE escalation_id = ?4")
      .bind(1, std::string_view(data.text("outcome")))
      .bind(2, data.optional_text("expires_at"))
      .bind(3, static_cast<std::int64_t>(entry.seq))
      .bind(4, std::string_view(data.text("escalation_id")))
      .run();
}

}  // namespace

std::optional<EscalationRow> escalation_of(store::Database& database,
                                           std::string_view decision_id) {
  auto query = database.prepare(
      "SELECT seq, escalation_id, decision_id, priority, state, outcome FROM escalations "
      "WHERE decision_id = ?1 ORDER BY seq DESC LIMIT 1");
  query.bind(1, decision_id);
  if (!query.step()) return std::nullopt;
  EscalationRow row{static_cast<std::uint64_t>(query.integer(0)),
                    query.text(1),
                    query.text(2),
                    query.text(3),
                    query.text(4),
                    query.optional_text(5)};
  const auto stored = registry::entry_behind(database, table, row.seq, "escalation.created");
  if (!holds(stored.entry, "decision_id", decision_id) ||
      !holds(stored.entry, "escalation_id", row.escalation_id) ||
      !holds(stored.entry, "priority", row.priority)) {
    registry::refuse_table(table, row.seq);
  }
  return row;
}

std::optional<std::uint64_t> find_escalation(store::Database& database,
                                             std::string_view escalation_id) {
  auto query = database.prepare("SELECT seq FROM escalations WHERE escalation_id = ?1");
  query.bind(1, escalation_id);
  if (!query.step()) return std::nullopt;
  return static_cast<std::uint64_t>(query.integer(0));
}

// SECURITY: what a person decided is what the entry says; whoever can write the row is not asked
std::optional<std::string> outcome_on_record(store::Database& database, const EscalationRow& row) {
  std::optional<std::string> outcome;
  registry::each_after(database, "escalation.resolved", row.seq, row.escalation_id,
                       [&](const chain::Entry& entry) {
                         if (!holds(entry, "escalation_id", row.escalation_id)) return;
                         outcome = entry.data.at("outcome").get<std::string>();
                       });
  if (row.outcome != outcome || (row.state == "resolved") != outcome.has_value()) {
    registry::refuse_table(table, row.seq);
  }
  return outcome;
}

std::uint64_t count_open_escalations(store::Database& database) {
  auto query = database.prepare(
      "SELECT count(*) FROM escalations WHERE state NOT IN ('resolved', 'failed')");
  query.step();
  return static_cast<std::uint64_t>(query.integer(0));
}

std::string new_escalation_id(store::Database& database, const std::string& decision_id,
                              Entropy& entropy) {
  auto& taken = database.kept("SELECT 1 FROM escalations WHERE escalation_id = ?1");
  while (true) {
    auto id = "esc_" + decision_id + "_" + to_hex(entropy.bytes(4));
    taken.bind(1, std::string_view(id));
    const bool is_taken = taken.step();
    taken.clear();
    if (!is_taken) return id;
  }
}

std::string_view priority_of(risk::Level level) {
  switch (level) {
    case risk::Level::unknown:
      return "medium";
    case risk::Level::low:
      return "low";
    case risk::Level::medium:
      return "medium";
    case risk::Level::high:
      return "high";
    case risk::Level::critical:
      return "critical";
  }
  throw Error(ErrorCode::internal, "a risk level without priority");
}

void apply_escalation(store::Database& database, const chain::Entry& entry) {
  if (entry.event_type == "escalation.created") {
    open(database, entry);
  } else if (entry.event_type == "escalation.resolved") {
    resolve(database, entry);
  } else if (entry.event_type == "escalation.acknowledged") {
    database
        .prepare(
            "UPDATE escalations SET state = 'in_progress' WHERE escalation_id = ?1 AND "
            "state = 'pending'")
        .bind(1, std::string_view(entry.data.at("escalation_id").get_ref<const std::string&>()))
        .run();
  }
}

}  // namespace lexecon::oversight
