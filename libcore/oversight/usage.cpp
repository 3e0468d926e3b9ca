#include "oversight/usage.hpp"

#include <limits>
#include <string>

#include "base/error.hpp"
#include "json/json.hpp"
#include "oversight/decisions.hpp"
#include "registry/evidence.hpp"

namespace lexecon::oversight {
namespace {

using decision::Per;
using decision::Sum;

// As the indexes say it, letter for letter: only then they are used.
constexpr const char* counted =
    " AND reason_code <> 'emergency_stop' AND reason_code <> 'rate_limited' AND reason_code <> "
    "'budget_exceeded'";

/// The decisions of the subject, which is ?1 where it has a name.
std::string of_subject(Per per, std::string_view subject) {
  switch (per) {
    case Per::actor:
      return "INDEXED BY decisions_counted_by_actor WHERE actor = ?1";
    case Per::tenant:
      if (!subject.empty()) return "INDEXED BY decisions_counted_by_tenant WHERE tenant = ?1";
      return "INDEXED BY decisions_counted WHERE (tenant IS NULL) = 1";
    case Per::node:
      return "INDEXED BY decisions_counted WHERE (tenant IS NULL) IN (0, 1)";
    case Per::model:
      break;
  }
  throw Error(ErrorCode::internal, "decisions are not counted per model");
}

/// At most `most` decisions of the subject from `first` on that count and had that outcome.
std::int64_t count_outcome(store::Database& database, Per per, std::string_view subject,
                           std::string_view outcome, std::uint64_t first, std::int64_t most) {
  auto query =
      database.prepare("SELECT count(*) FROM (SELECT 1 FROM decisions " + of_subject(per, subject) +
                       counted + " AND outcome = ?2 AND seq >= ?3 LIMIT ?4)");
  if (!subject.empty()) query.bind(1, subject);
  query.bind(2, outcome).bind(3, static_cast<std::int64_t>(first)).bind(4, most);
  query.step();
  return query.integer(0);
}

struct Totals {
  Sum cost;
  Sum input;
  Sum output;
};

/// Of the newest row below a seq.
Totals totals_below(store::Database& database, std::string_view per, std::string_view subject,
                    std::int64_t seq) {
  auto& query = database.kept(
      "SELECT cost_high, cost_low, input_high, input_low, output_high, output_low FROM "
      "usage_totals WHERE per = ?1 AND subject = ?2 AND seq < ?3 ORDER BY seq DESC LIMIT 1");
  query.bind(1, per).bind(2, subject).bind(3, seq);
  Totals out;
  if (query.step()) {
    out = {{query.integer(0), query.integer(1)},
           {query.integer(2), query.integer(3)},
           {query.integer(4), query.integer(5)}};
  }
  query.clear();
  return out;
}

const Sum& measured(const Totals& totals, decision::Measure measure) {
  if (measure == decision::Measure::input_tokens) return totals.input;
  return measure == decision::Measure::output_tokens ? totals.output : totals.cost;
}

void add_row(store::Database& database, std::int64_t seq, Per per, std::string_view subject,
             const decision::Usage& usage) {
  const auto before = totals_below(database, to_string(per), subject, seq);
  const auto cost = before.cost + usage.cost_micros;
  const auto input = before.input + usage.input_tokens;
  const auto output = before.output + usage.output_tokens;
  database
      .kept(
          "INSERT INTO usage_totals(seq, per, subject, cost_high, cost_low, input_high, input_low, "
          "output_high, output_low) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
      .bind(1, seq)
      .bind(2, to_string(per))
      .bind(3, subject)
      .bind(4, cost.high)
      .bind(5, cost.low)
      .bind(6, input.high)
      .bind(7, input.low)
      .bind(8, output.high)
      .bind(9, output.low)
      .run();
}

}  // namespace

std::optional<std::uint64_t> first_after(store::Database& database, Timestamp moment) {
  require_newest_decision(database);
  return first_from(database, {moment.micros + 1});
}

std::int64_t count_from(store::Database& database, const decision::Limit& limit,
                        std::string_view subject, std::uint64_t first) {
  const bool is_breaker = limit.kind == decision::LimitKind::breaker;
  std::int64_t count = 0;
  for (const auto* outcome : {"denied", "escalated", "conditional", "approved"}) {
    if (is_breaker && outcome == std::string_view("conditional")) break;
    count += count_outcome(database, limit.per, subject, outcome, first, limit.allowed - count);
  }
  return count;
}

bool any_behind(store::Database& database, const decision::Limit& limit, std::string_view subject,
                std::uint64_t seq) {
  for (const auto* outcome : {"approved", "conditional", "escalated", "denied"}) {
    if (count_outcome(database, limit.per, subject, outcome, seq + 1, 1) > 0) return true;
  }
  return false;
}

std::int64_t used_from(store::Database& database, const decision::Limit& budget,
                       std::string_view subject, std::uint64_t first) {
  constexpr auto all = std::numeric_limits<std::int64_t>::max();
  const auto before =
      totals_below(database, to_string(budget.per), subject, static_cast<std::int64_t>(first));
  const auto now = totals_below(database, to_string(budget.per), subject, all);
  return decision::since(measured(before, budget.measure), measured(now, budget.measure));
}

std::set<std::string> users_from(store::Database& database, Per per, std::uint64_t first) {
  auto query =
      database.prepare("SELECT DISTINCT subject FROM usage_totals WHERE seq >= ?1 AND per = ?2");
  query.bind(1, static_cast<std::int64_t>(first)).bind(2, to_string(per));
  std::set<std::string> out;
  while (query.step()) out.insert(query.text(0));
  return out;
}

void apply_usage(store::Database& database, const chain::Entry& entry) {
  if (entry.data.at("usage").is_null()) return;
  const auto decided = decision::counted_of(entry.data);
  if (decided.outcome == policy::Outcome::denied) return;
  const auto seq = static_cast<std::int64_t>(entry.seq);
  add_row(database, seq, Per::actor, decided.actor, decided.usage);
  add_row(database, seq, Per::model, decided.model, decided.usage);
  add_row(database, seq, Per::node, {}, decided.usage);
  add_row(database, seq, Per::tenant, decided.tenant, decided.usage);
}

void recount_usage(store::Database& database) {
  database.execute("DELETE FROM usage_totals");
  registry::each_after(database, "decision", std::nullopt, R"("usage":{)",
                       [&](const chain::Entry& entry) { apply_usage(database, entry); });
}

}  // namespace lexecon::oversight
