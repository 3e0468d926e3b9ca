#include "service/oversight_report.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "chain/entry.hpp"
#include "json/json.hpp"
#include "oversight/stops.hpp"
#include "registry/operators.hpp"
#include "service/decisions.hpp"

namespace lexecon::service {
namespace {

constexpr std::size_t most_listed = 10'000;

/// A number and the entries that it counts.
Json refs(const std::vector<std::uint64_t>& seqs) {
  auto list = Json::array();
  for (std::size_t i = 0; i < std::min(seqs.size(), most_listed); ++i) {
    list.push_back(chain::entry_id(seqs[i]));
  }
  const auto left_out = seqs.size() - list.size();
  return {{"count", seqs.size()}, {"entries", std::move(list)}, {"left_out", left_out}};
}

std::int64_t seconds_between(Timestamp from, Timestamp to) {
  return std::max<std::int64_t>(0, to.micros - from.micros) / 1'000'000;
}

template <class Wanted>
std::vector<std::uint64_t> seqs_of(const std::vector<HumanAct>& acts, const Wanted& wanted) {
  std::vector<std::uint64_t> seqs;
  for (const auto& act : acts) {
    if (wanted(act)) seqs.push_back(act.seq);
  }
  return seqs;
}

Json times_of(const std::vector<Waiting>& waiting, const Period& period,
              std::optional<decision::Priority> priority) {
  std::vector<std::int64_t> times;
  std::vector<std::uint64_t> seqs;
  for (const auto& each : waiting) {
    if (!each.first_answer || !period.has(each.first_answer->at)) continue;
    if (priority && each.priority != *priority) continue;
    times.push_back(seconds_between(each.since, each.first_answer->at));
    seqs.push_back(each.first_answer->seq);
  }
  std::sort(times.begin(), times.end());
  std::sort(seqs.begin(), seqs.end());
  // The value at or below which so many of ten lie.
  const auto rank = [&](std::size_t of_ten) {
    return times.empty() ? Json() : Json(times[(times.size() * of_ten + 9) / 10 - 1]);
  };
  auto out = refs(seqs);
  out["median_seconds"] = rank(5);
  out["p90_seconds"] = rank(9);
  out["longest_seconds"] = rank(10);
  return out;
}

constexpr std::array priorities{decision::Priority::critical, decision::Priority::high,
                                decision::Priority::medium, decision::Priority::low};

Json response_times(const std::vector<Waiting>& waiting, const Period& period) {
  Json out{{"all", times_of(waiting, period, std::nullopt)}};
  for (const auto priority : priorities) {
    out[std::string(decision::to_string(priority))] = times_of(waiting, period, priority);
  }
  return out;
}

Json breaches(const std::vector<Waiting>& waiting, const Period& period) {
  std::vector<std::uint64_t> seqs;
  for (const auto& each : waiting) {
    if (each.breach && period.has(each.breach->at)) seqs.push_back(each.breach->seq);
  }
  std::sort(seqs.begin(), seqs.end());
  return refs(seqs);
}

Json still_open(const std::vector<Waiting>& waiting, Timestamp end) {
  std::vector<std::uint64_t> seqs;
  std::optional<Timestamp> oldest;
  std::map<decision::Priority, std::int64_t> counts;
  for (const auto& each : waiting) {
    if (!each.is_open) continue;
    seqs.push_back(each.seq);
    ++counts[each.priority];
    if (!oldest) oldest = each.since;
  }
  auto out = refs(seqs);
  out["oldest_seconds"] = oldest ? Json(seconds_between(*oldest, end)) : Json();
  for (const auto priority : priorities) {
    out["by_priority"][std::string(decision::to_string(priority))] = counts[priority];
  }
  return out;
}

/// Counted by their rows alone, for there may be very many; the verifier holds each against its entry.
Json decisions(store::Database& database, const Period& period) {
  auto query = database.prepare(
      "SELECT count(*), min(seq), max(seq) FROM entries WHERE event_type = 'decision' AND "
      "timestamp >= ?1 AND timestamp < ?2");
  query.bind(1, std::string_view(period.from ? to_text(*period.from) : "0"))
      .bind(2, std::string_view(period.to ? to_text(*period.to) : "A"));
  query.step();
  const auto id = [&](int column) {
    return query.is_null(column)
               ? Json()
               : Json(chain::entry_id(static_cast<std::uint64_t>(query.integer(column))));
  };
  return {{"count", query.integer(0)}, {"first_entry_id", id(1)}, {"last_entry_id", id(2)}};
}

Json overrides(const std::vector<HumanAct>& acts, std::int64_t decided) {
  auto out = refs(seqs_of(acts, [](const HumanAct& act) { return act.kind == "overridden"; }));
  const auto count = out.at("count").get<std::int64_t>();
  out["per_10000_decisions"] = decided == 0 ? Json() : Json(count * 10'000 / decided);
  return out;
}

Json who(const std::vector<HumanAct>& acts) {
  std::map<std::string, std::map<std::string, std::vector<std::uint64_t>>> told;
  for (const auto& act : acts) told[act.actor][act.kind].push_back(act.seq);
  auto list = Json::array();
  for (auto& [actor, kinds] : told) {
    Json each{{"actor", actor}};
    for (const auto& kind : act_kinds()) each[kind] = refs(kinds[kind]);
    list.push_back(std::move(each));
  }
  return list;
}

Json listed(const std::vector<HumanAct>& acts) {
  auto list = Json::array();
  for (std::size_t i = 0; i < std::min(acts.size(), most_listed); ++i) {
    const auto& act = acts[i];
    list.push_back({{"kind", act.kind},
                    {"ledger_entry_id", chain::entry_id(act.seq)},
                    {"timestamp", to_text(act.at)},
                    {"actor", act.actor},
                    {"decision_id", act.decision_id ? Json(*act.decision_id) : Json()},
                    {"detail", act.detail},
                    {"alone", act.is_lone}});
  }
  const auto left_out = acts.size() - list.size();
  return {{"count", acts.size()}, {"list", std::move(list)}, {"left_out", left_out}};
}

/// The first entry behind the period; beyond the last one when there is none.
std::uint64_t seq_behind(store::Database& database, const Period& period) {
  if (!period.to) return authority::Operators::last;
  auto query = database.prepare("SELECT min(seq) FROM entries WHERE timestamp >= ?1");
  query.bind(1, std::string_view(to_text(*period.to))).step();
  return query.is_null(0) ? authority::Operators::last
                          : static_cast<std::uint64_t>(query.integer(0));
}

Json stops_at_end(store::Database& database, const Period& period) {
  const auto stops = oversight::stops(database);
  const auto behind = seq_behind(database, period);
  std::vector<std::uint64_t> seqs;
  for (const auto& stop : stops.all()) {
    if (stop.holds(behind)) seqs.push_back(stop.seq);
  }
  return refs(seqs);
}

}  // namespace

Json oversight_report(const Node& node, const Period& period, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto last = std::max(now, last_entry_time(database));
  const auto end = period.to ? std::min(*period.to, last) : last;
  const auto acts = acts_of_people(database, period);
  const auto waiting = waits(database, period);
  auto decided = decisions(database, period);
  const auto count = decided.at("count").get<std::int64_t>();
  const auto first = registry::operators(database).first();
  return {{"schema", "lexecon.oversight_report/1"},
          {"from", period.from ? Json(to_text(*period.from)) : Json()},
          {"to", period.to ? Json(to_text(*period.to)) : Json()},
          {"at", to_text(end)},
          {"human_authority_from", first ? Json(chain::entry_id(*first)) : Json()},
          {"decisions", std::move(decided)},
          {"response_times", response_times(waiting, period)},
          {"sla_breaches", breaches(waiting, period)},
          {"overrides", overrides(acts, count)},
          {"open_escalations", still_open(waiting, end)},
          {"lone_approvals", refs(seqs_of(acts, [](const HumanAct& act) { return act.is_lone; }))},
          {"stops_in_force", stops_at_end(database, period)},
          {"who", who(acts)},
          {"acts", listed(acts)}};
}

}  // namespace lexecon::service
