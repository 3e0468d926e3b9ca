#include "service/usage_report.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "json/json.hpp"
#include "oversight/decisions.hpp"
#include "oversight/usage.hpp"
#include "registry/evidence.hpp"
#include "service/decisions.hpp"
#include "service/sets.hpp"

namespace lexecon::service {
namespace {

using decision::Limit;
using decision::Sum;

Json or_null(const std::optional<Timestamp>& at) { return at ? Json(to_text(*at)) : Json(); }
Json subject_or_null(const std::string& subject) {
  return subject.empty() ? Json() : Json(subject);
}

struct Used {
  std::int64_t decisions = 0;
  std::int64_t denied = 0;
  Sum cost;
  Sum input;
  Sum output;

  void add(const decision::Counted& decided) {
    ++decisions;
    if (decided.outcome == policy::Outcome::denied) {
      ++denied;
      return;
    }
    cost = cost + decided.usage.cost_micros;
    input = input + decided.usage.input_tokens;
    output = output + decided.usage.output_tokens;
  }
  [[nodiscard]] Json told() const {
    return {{"cost_micros", since({}, cost)},
            {"decisions", decisions},
            {"denied", denied},
            {"input_tokens", since({}, input)},
            {"output_tokens", since({}, output)}};
  }
};

/// Those of whom a budget has counted something that still counts; the node always.
std::set<std::string> subjects_of(store::Database& database, const Limit& budget,
                                  std::optional<std::uint64_t> first) {
  if (budget.per == decision::Per::node) return {{}};
  return first ? oversight::users_from(database, budget.per, *first) : std::set<std::string>();
}

Json budgets_of(store::Database& database, Timestamp at) {
  auto out = Json::array();
  const auto set = load_active(database);
  if (!set) return out;
  for (const auto& limit : set->node.limits) {
    if (limit.kind != decision::LimitKind::budget) continue;
    const auto after = counts_after(limit, at);
    const auto first = oversight::first_after(database, after);
    for (const auto& subject : subjects_of(database, limit, first)) {
      const auto used = first ? oversight::used_from(database, limit, subject, *first) : 0;
      out.push_back({{"allowed", limit.allowed},
                     {"counts_after", to_text(after)},
                     {"left", std::max<std::int64_t>(0, limit.allowed - used)},
                     {"measure", to_string(limit.measure)},
                     {"name", limit.name},
                     {"per", to_string(limit.per)},
                     {"subject", subject_or_null(subject)},
                     {"used", used}});
    }
  }
  return out;
}

}  // namespace

Json usage_report(const Node& node, decision::Per by, const Period& period, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  Limit key;
  key.per = by;
  std::map<std::string, Used> used;
  Used all;
  oversight::DecisionFilter filter;
  filter.from = period.from;
  filter.to = period.to;
  oversight::each_decision(database, filter, [&](std::uint64_t seq) {
    const auto stored = registry::entry_behind(database, "decisions", seq, "decision");
    const auto decided = decision::counted_of(stored.entry.data);
    used[std::string(subject_of(key, decided))].add(decided);
    all.add(decided);
  });
  auto rows = Json::array();
  for (const auto& [subject, sums] : used) {
    rows.push_back(sums.told());
    rows.back()["subject"] = subject_or_null(subject);
  }
  const auto at = std::max(now, last_entry_time(database));
  return {{"schema", "lexecon.usage_report/1"},
          {"at", to_text(at)},
          {"by", to_string(by)},
          {"from", or_null(period.from)},
          {"to", or_null(period.to)},
          {"used", std::move(rows)},
          {"total", all.told()},
          {"budgets", budgets_of(database, at)}};
}

}  // namespace lexecon::service
