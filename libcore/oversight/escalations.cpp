#include "oversight/escalations.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::oversight {
namespace {

constexpr std::string_view table = "escalations";

std::string_view text_of(const Json& data, const char* member) {
  const auto found = data.find(member);
  return found != data.end() && found->is_string()
             ? std::string_view(found->get_ref<const std::string&>())
             : std::string_view();
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

Escalation opened_by(const chain::Entry& entry) {
  const auto priority = decision::priority_from(text_of(entry.data, "priority"));
  if (!priority) registry::refuse_table(table, entry.seq);
  Escalation out;
  out.opened = {.seq = entry.seq,
                .escalation_id = std::string(text_of(entry.data, "escalation_id")),
                .decision_id = std::string(text_of(entry.data, "decision_id")),
                .created_at = entry.timestamp,
                .reasons = entry.data.at("reasons").get<std::vector<std::string>>()};
  out.standing.priority = *priority;
  return out;
}

/// Whether the entry could follow; if not, all stays as it was.
bool advance(Escalation& escalation, const chain::Entry& entry) {
  if (authority::take(escalation.standing, step_of(entry.event_type, entry.data))) return false;
  if (entry.event_type == "escalation.breached") escalation.breached_seq = entry.seq;
  if (entry.event_type == "escalation.resolved") {
    escalation.resolved_seq = entry.seq;
    escalation.expires_at = text_of(entry.data, "expires_at");
  }
  return true;
}

std::vector<Escalation> told(store::Database& database,
                             const std::optional<std::string_view>& escalation_id) {
  auto query = database.prepare(
      std::string("SELECT seq FROM entries WHERE event_type IN ('escalation.created', "
                  "'escalation.acknowledged', 'escalation.assigned', 'escalation.raised', "
                  "'escalation.breached', 'escalation.resolved', 'escalation.failed')") +
      (escalation_id ? " AND instr(body, ?1) > 0" : "") + " ORDER BY seq");
  if (escalation_id) query.bind_blob(1, *escalation_id);
  std::vector<Escalation> out;
  std::map<std::string, std::size_t, std::less<>> places;
  while (query.step()) {
    const auto seq = static_cast<std::uint64_t>(query.integer(0));
    const auto stored = ledger::read_entry(database, seq);
    if (!stored) registry::refuse_table(table, seq);
    const auto id = text_of(stored->entry.data, "escalation_id");
    if (escalation_id && id != *escalation_id) continue;
    const auto [place, is_new] = places.emplace(id, out.size());
    if (is_new && stored->entry.event_type == "escalation.created") {
      out.push_back(opened_by(stored->entry));
    } else if (is_new || !advance(out[place->second], stored->entry)) {
      registry::refuse_table(table, seq);
    }
  }
  return out;
}

std::optional<std::string> text_of(const std::optional<std::uint64_t>& seq) {
  return seq ? std::optional(std::to_string(*seq)) : std::nullopt;
}

using Row = std::vector<std::optional<std::string>>;

Row row_of(const Escalation& escalation) {
  const auto& [opened, standing, breached_seq, resolved_seq, expires_at] = escalation;
  return {std::to_string(opened.seq),
          opened.escalation_id,
          opened.decision_id,
          std::string(to_string(standing.priority)),
          std::string(to_string(standing.state)),
          json::canonical(Json(opened.reasons)),
          to_text(opened.created_at),
          standing.outcome,
          expires_at,
          standing.assigned_to,
          text_of(breached_seq),
          text_of(resolved_seq)};
}

std::vector<Row> rows(store::Database& database,
                      const std::optional<std::string_view>& escalation_id) {
  constexpr int columns = 12;
  auto query = database.prepare(
      std::string("SELECT CAST(seq AS TEXT), escalation_id, decision_id, priority, state, reasons, "
                  "created_at, outcome, expires_at, assigned_to, CAST(breached_seq AS TEXT), "
                  "CAST(resolved_seq AS TEXT) FROM escalations") +
      (escalation_id ? " WHERE escalation_id = ?1" : "") + " ORDER BY seq");
  if (escalation_id) query.bind(1, *escalation_id);
  std::vector<Row> out;
  while (query.step()) {
    auto& row = out.emplace_back();
    for (int i = 0; i < columns; ++i) row.push_back(query.optional_text(i));
  }
  return out;
}

// SECURITY: what people did is what the entries say; whoever can write the rows is not asked
std::vector<Escalation> held_against_rows(store::Database& database,
                                          const std::optional<std::string_view>& escalation_id) {
  auto escalations = told(database, escalation_id);
  const auto found = rows(database, escalation_id);
  for (std::size_t i = 0; i < std::max(escalations.size(), found.size()); ++i) {
    if (i < escalations.size() && i < found.size() && row_of(escalations[i]) == found[i]) continue;
    const std::string what = i < escalations.size() ? *row_of(escalations[i])[0] : *found[i][0];
    registry::refuse_table(table, static_cast<std::uint64_t>(parse_integer(what).value_or(0)));
  }
  return escalations;
}

/// As its row has it.
std::optional<Escalation> projected(store::Database& database, std::string_view escalation_id) {
  auto query = database.prepare(
      "SELECT priority, state, outcome, assigned_to, breached_seq FROM escalations "
      "WHERE escalation_id = ?1");
  query.bind(1, escalation_id);
  if (!query.step()) return std::nullopt;
  const auto priority = decision::priority_from(query.text(0));
  const auto state = authority::escalation_state_from(query.text(1));
  if (!priority || !state) return std::nullopt;
  Escalation out;
  out.opened.escalation_id = escalation_id;
  out.standing.priority = *priority;
  out.standing.state = *state;
  out.standing.outcome = query.optional_text(2);
  out.standing.assigned_to = query.optional_text(3);
  out.standing.is_breached = !query.is_null(4);
  return out;
}

}  // namespace

authority::EscalationStep step_of(std::string_view event_type, const Json& data) {
  return {.event_type = event_type,
          .priority = text_of(data, "priority"),
          .outcome = text_of(data, "outcome"),
          .assignee = text_of(data, "operator")};
}

std::optional<Opened> escalation_of(store::Database& database, std::string_view decision_id) {
  auto query = database.prepare(
      "SELECT seq, escalation_id FROM escalations WHERE decision_id = ?1 ORDER BY seq DESC LIMIT "
      "1");
  query.bind(1, decision_id);
  if (!query.step()) return std::nullopt;
  const auto seq = static_cast<std::uint64_t>(query.integer(0));
  auto opened =
      opened_by(registry::entry_behind(database, table, seq, "escalation.created").entry).opened;
  if (opened.decision_id != decision_id || opened.escalation_id != query.text(1)) {
    registry::refuse_table(table, seq);
  }
  return opened;
}

std::optional<std::uint64_t> find_escalation(store::Database& database,
                                             std::string_view escalation_id) {
  auto query = database.prepare("SELECT seq FROM escalations WHERE escalation_id = ?1");
  query.bind(1, escalation_id);
  if (!query.step()) return std::nullopt;
  return static_cast<std::uint64_t>(query.integer(0));
}

std::optional<Escalation> escalation_on_record(store::Database& database,
                                               std::string_view escalation_id) {
  auto found = held_against_rows(database, escalation_id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Escalation> escalations_on_record(store::Database& database) {
  return held_against_rows(database, std::nullopt);
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

// An entry that cannot follow changes nothing: the verifier says what is wrong with it.
void apply_escalation(store::Database& database, const chain::Entry& entry) {
  if (entry.event_type == "escalation.created") return open(database, entry);
  auto escalation = projected(database, text_of(entry.data, "escalation_id"));
  if (!escalation || !advance(*escalation, entry)) return;
  const auto& standing = escalation->standing;
  const auto seq = static_cast<std::int64_t>(entry.seq);
  auto& update = database.kept(
      "UPDATE escalations SET priority = ?1, state = ?2, outcome = ?3, assigned_to = ?4, "
      "expires_at = ifnull(?5, expires_at), breached_seq = ifnull(?6, breached_seq), "
      "resolved_seq = ifnull(?7, resolved_seq) WHERE escalation_id = ?8");
  update.bind(1, to_string(standing.priority))
      .bind(2, to_string(standing.state))
      .bind(3, standing.outcome)
      .bind(4, standing.assigned_to)
      .bind(5, escalation->expires_at)
      .bind(8, std::string_view(escalation->opened.escalation_id));
  if (escalation->breached_seq) update.bind(6, seq);
  if (escalation->resolved_seq) update.bind(7, seq);
  update.run();
}

}  // namespace lexecon::oversight
