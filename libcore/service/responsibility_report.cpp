#include <algorithm>
#include <array>
#include <map>

#include "oversight/responsibilities.hpp"
#include "registry/evidence.hpp"
#include "service/decisions.hpp"
#include "service/responsibilities.hpp"

namespace lexecon::service {
namespace {

using oversight::Responsibility;

constexpr std::array<std::string_view, 5> risk_levels{"critical", "high", "medium", "low",
                                                      "unknown"};

/// A figure, and the entries that it counts.
struct Figure {
  std::vector<std::string> entry_ids;

  void count(std::uint64_t seq) { entry_ids.push_back(chain::entry_id(seq)); }
};
using Figures = std::map<std::string, Figure, std::less<>>;

Json to_json(const Figure& figure) {
  return {{"count", figure.entry_ids.size()}, {"entry_ids", figure.entry_ids}};
}

Json to_json(const Figures& figures, const char* name) {
  auto out = Json::array();
  for (const auto& [value, figure] : figures) {
    auto each = to_json(figure);
    each[name] = value;
    out.push_back(std::move(each));
  }
  return out;
}

struct Period {
  std::optional<Timestamp> from;
  std::optional<Timestamp> to;

  [[nodiscard]] bool contains(Timestamp at) const {
    return (!from || at >= *from) && (!to || at < *to);
  }
};

struct Assignments {
  Figure all;
  Figures by_maker;
  Figures by_level;
  Figures by_responsible;
  Figure with_signature;
  Figure without_signature;
  Figure liability_accepted;
  Figure overdue;

  void count(const Responsibility& each) {
    const auto seq = each.entry.seq;
    const auto& assignment = each.assignment;
    all.count(seq);
    by_maker[assignment.maker].count(seq);
    by_level[assignment.level].count(seq);
    by_responsible[assignment.responsible].count(seq);
    (assignment.signed_by ? with_signature : without_signature).count(seq);
    if (assignment.liability_accepted) liability_accepted.count(seq);
  }
};

/// Who answers for a decision now, by its id.
using InForce = std::map<std::string, Responsibility, std::less<>>;

bool has_person(const chain::Entry& decision, const InForce& in_force) {
  const auto found = in_force.find(decision.data.at("decision_id").get_ref<const std::string&>());
  if (found != in_force.end()) return authority::is_person(found->second.assignment.responsible);
  return decision.data.at("responsibility").at("maker") != "ai_system";
}

std::string risk_level(const chain::Entry& decision) {
  const auto& risk = decision.data.at("risk");
  return risk.is_null() ? "unknown" : risk.at("level").get<std::string>();
}

Json by_risk(store::Database& database, const Period& period, const InForce& in_force) {
  Figures decided;
  Figures without;
  registry::each_after(database, "decision", std::nullopt, std::nullopt, [&](const auto& entry) {
    if (!period.contains(entry.timestamp)) return;
    const auto level = risk_level(entry);
    decided[level].count(entry.seq);
    if (!has_person(entry, in_force)) without[level].count(entry.seq);
  });
  auto out = Json::array();
  for (const auto level : risk_levels) {
    const auto found = decided.find(level);
    if (found == decided.end()) continue;
    out.push_back({{"risk_level", level},
                   {"decisions", to_json(found->second)},
                   {"without_human", to_json(without[std::string(level)])}});
  }
  return out;
}

Json time_or_null(const std::optional<Timestamp>& at) { return at ? Json(to_text(*at)) : Json(); }

}  // namespace

Json report_responsibilities(const Node& node, std::optional<Timestamp> from,
                             std::optional<Timestamp> to, Timestamp now) {
  const Period period{from, to};
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto at = std::max(now, last_entry_time(database));
  Assignments counted;
  InForce in_force;
  oversight::each_responsibility(database, std::nullopt, [&](Responsibility each) {
    if (period.contains(each.entry.timestamp)) counted.count(each);
    auto id = each.assignment.decision_id;
    in_force.insert_or_assign(std::move(id), std::move(each));
  });
  for (const auto& [id, each] : in_force) {
    const auto& due = each.assignment.review_due;
    if (due && *due <= at && period.contains(each.entry.timestamp)) {
      counted.overdue.count(each.entry.seq);
    }
  }
  return {{"schema", "lexecon.responsibility_report/1"},
          {"at", to_text(at)},
          {"from", time_or_null(from)},
          {"to", time_or_null(to)},
          {"assignments", to_json(counted.all)},
          {"makers", to_json(counted.by_maker, "maker")},
          {"levels", to_json(counted.by_level, "level")},
          {"responsible", to_json(counted.by_responsible, "responsible")},
          {"signed", to_json(counted.with_signature)},
          {"unsigned", to_json(counted.without_signature)},
          {"liability_accepted", to_json(counted.liability_accepted)},
          {"overdue_reviews", to_json(counted.overdue)},
          {"risk_levels", by_risk(database, period, in_force)}};
}

}  // namespace lexecon::service
