#include "oversight/stops.hpp"

#include <string>

#include "json/json.hpp"
#include "json/reader.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::oversight {

authority::Stops stops(store::Database& database) {
  authority::Stops out;
  auto query = database.prepare(
      "SELECT seq FROM entries WHERE event_type IN ('oversight.stopped', 'oversight.resumed') "
      "ORDER BY seq");
  while (query.step()) {
    const auto seq = static_cast<std::uint64_t>(query.integer(0));
    const auto stored = ledger::read_entry(database, seq);
    if (!stored || out.take(stored->entry, stored->hash)) registry::refuse_table("stops", seq);
  }
  return out;
}

std::optional<std::uint64_t> find_stop(store::Database& database, std::string_view stop_id) {
  auto query = database.prepare("SELECT seq FROM stops WHERE stop_id = ?1");
  query.bind(1, stop_id);
  if (!query.step()) return std::nullopt;
  return static_cast<std::uint64_t>(query.integer(0));
}

void apply_stop(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  if (entry.event_type == "oversight.resumed") {
    database.prepare("UPDATE stops SET resumed_seq = ?1 WHERE stop_id = ?2")
        .bind(1, static_cast<std::int64_t>(entry.seq))
        .bind(2, std::string_view(data.text("stop_id")))
        .run();
    return;
  }
  database
      .prepare(
          "INSERT INTO stops(seq, stop_id, scope, target, reason, actor, timestamp) "
          "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("stop_id")))
      .bind(3, std::string_view(data.text("scope")))
      .bind(4, data.optional_text("target"))
      .bind(5, std::string_view(data.text("reason")))
      .bind(6, std::string_view(entry.actor))
      .bind(7, std::string_view(to_text(entry.timestamp)))
      .run();
}

void apply_intervention(store::Database& database, const chain::Entry& entry) {
  constexpr std::string_view person = "operator:";
  const std::string_view actor = entry.actor;
  json::Reader data(entry.data);
  database
      .prepare(
          "INSERT INTO interventions(seq, intervention_id, decision_id, type, role, operator, "
          "timestamp) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("intervention_id")))
      .bind(3, data.optional_text("decision_id"))
      .bind(4, std::string_view(data.text("type")))
      .bind(5, std::string_view(data.text("role")))
      .bind(6, actor.starts_with(person) ? actor.substr(person.size()) : actor)
      .bind(7, std::string_view(to_text(entry.timestamp)))
      .run();
}

}  // namespace lexecon::oversight
