#include "ledger/recount.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "decision/node_config.hpp"
#include "json/json.hpp"
#include "ledger/activation.hpp"

namespace lexecon::ledger {
namespace {

using decision::Counted;
using decision::Limit;
using decision::LimitKind;
using decision::Per;
using policy::ReasonCode;

/// Nothing when it has not its shape, which another check says.
std::optional<chain::Entry> entry_of(std::string_view bytes) {
  try {
    auto entry = chain::parse_entry(bytes);
    static_cast<void>(chain::check_entry(entry));
    return entry;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    return std::nullopt;
  }
}

/// None when the file is missing or does not load: no decision can be judged again then.
std::vector<Limit> limits_of(Records& records, const chain::Entry& activation) {
  const auto files = files_of(activation);
  if (!files) return {};
  for (const auto& file : *files) {
    if (file.name != "node.yaml") continue;
    try {
      const auto bytes = records.policy_file(file.sha256);
      if (bytes) return decision::load_node_config(*bytes, file.name).limits;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input && error.code() != ErrorCode::integrity) throw;
    }
  }
  return {};
}

Json facts_of(const std::vector<decision::LimitFact>& limits) {
  decision::Facts facts;
  facts.limits = limits;
  return std::move(to_json(facts).at("limits"));
}

/// SECURITY: a limit that was overlooked, and one that was never full, are the same lie.
Fault guard_fault(const Json& guard, bool is_rate, bool is_budget) {
  const auto given = guard.is_null()
                         ? std::nullopt
                         : policy::reason_code_from(guard.get_ref<const std::string&>());
  if (given == ReasonCode::rate_limited && !is_rate)
    return "was denied by a limit that was not full";
  if (given == ReasonCode::budget_exceeded && !is_budget) {
    return "was denied by a budget that was not exceeded";
  }
  if (is_rate && (!given || *given > ReasonCode::rate_limited)) {
    return "was decided past a limit that was full";
  }
  if (is_budget && (!given || *given > ReasonCode::budget_exceeded)) {
    return "was decided past a budget that it exceeded";
  }
  return std::nullopt;
}

bool has_limits(std::string_view bytes) {
  return bytes.find(R"("limits":[])") == std::string_view::npos;
}

bool is_guarded(const chain::DataView& data) {
  return data.guard == "rate_limited" || data.guard == "budget_exceeded";
}

}  // namespace

Fault Recount::take(const chain::EntryView& view, std::uint64_t seq, std::string_view bytes) {
  const bool is_told = view.event_type == "limit.tripped";
  if (!awaited_.empty() && !is_told && view.event_type != "escalation.created") {
    awaited_.clear();
    return "stands where a limit was to be told of as full";
  }
  if (is_told || view.event_type == "policy.activated") {
    auto entry = entry_of(bytes);
    if (!entry || entry->seq != seq) return std::nullopt;
    if (is_told) return told(*entry);
    activate(*entry);
  } else if (view.event_type == "decision") {
    // Where there is nothing to count, there is nothing to parse.
    if (limits_.empty() && trips_.empty() && !is_guarded(view.data) && !has_limits(bytes)) {
      return std::nullopt;
    }
    const auto entry = entry_of(bytes);
    if (entry && entry->seq == seq) return decide(*entry);
  }
  return std::nullopt;
}

Fault Recount::finish() const {
  if (awaited_.empty()) return std::nullopt;
  return "ends before a limit was told of as full";
}

void Recount::activate(const chain::Entry& entry) {
  auto limits = limits_of(*records_, entry);
  if (limits == limits_) return;
  limits_ = std::move(limits);
  windows_.clear();
  take_over(entry.seq, entry.timestamp);
}

void Recount::take_over(std::uint64_t before, Timestamp at) {
  if (limits_.empty()) return;
  auto moment = at;
  for (const auto& limit : limits_) moment = std::min(moment, counts_after(limit, at));
  records_->each_decision_after(moment, before, [&](std::uint64_t, std::string_view body) {
    const auto entry = entry_of(body);
    if (!entry) return;
    const auto decided = decision::counted_of(entry->data);
    for (std::size_t i = 0; i < limits_.size(); ++i) {
      const auto trip = trip_of(limits_[i], subject_of(limits_[i], decided));
      const bool is_before =
          limits_[i].kind == LimitKind::breaker && trip && entry->seq <= trip->seq;
      if (!is_before) add(i, decided, entry->timestamp);
    }
  });
}

Fault Recount::decide(const chain::Entry& entry) {
  const auto& data = entry.data;
  const auto decided = decision::counted_of(data);
  const auto at = entry.timestamp;
  std::vector<decision::LimitFact> facts;
  bool is_rate = false;
  bool is_budget = false;
  for (std::size_t i = 0; i < limits_.size(); ++i) {
    const auto& limit = limits_[i];
    const auto subject = subject_of(limit, decided);
    auto& counted = window(i, decided);
    const auto before = gauge(limit, counted, decided, at);
    facts.push_back({limit.name, before.used, limit.allowed});
    if (before.is_full) (limit.kind == LimitKind::budget ? is_budget : is_rate) = true;
    add(i, decided, at);
    if (!trips(limit, before, decided, trip_of(limit, subject), at)) continue;
    if (limit.kind == LimitKind::breaker) counted = {};
    awaited_.push_back(trip_data(limit, subject, before,
                                 data.at("decision_id").get_ref<const std::string&>(), at));
  }
  if (decision::counts(decided.reason)) follow(decided);
  const auto& told_facts = data.at("facts");
  const auto id = "`" + data.at("decision_id").get<std::string>() + "` ";
  if (told_facts.at("limits") != facts_of(facts)) {
    return id + "tells its limits otherwise than the entries before it";
  }
  auto fault = guard_fault(told_facts.at("guard"), is_rate, is_budget);
  return fault ? Fault(id + *fault) : std::nullopt;
}

Fault Recount::told(const chain::Entry& entry) {
  const auto& data = entry.data;
  const bool is_awaited = !awaited_.empty() && awaited_.front() == data;
  if (!is_awaited) return "tells of a limit that was not full";
  awaited_.pop_front();
  const auto& subject = data.at("subject");
  for (const auto& limit : limits_) {
    if (limit.name != data.at("name")) continue;
    trips_[{limit.per, subject.is_null() ? std::string() : subject.get<std::string>(), limit.kind,
            limit.name}] = {
        .until = entry_time(data.at("until").get_ref<const std::string&>()).value(),
        .seq = entry.seq};
  }
  return std::nullopt;
}

decision::Gauge Recount::gauge(const Limit& limit, Window& window, const Counted& decided,
                               Timestamp at) const {
  const auto after = counts_after(limit, at);
  while (!window.items.empty() && window.items.front().first <= after) {
    window.dropped = window.dropped + window.items.front().second;
    window.items.pop_front();
  }
  const auto sum = since(window.dropped, window.added);
  if (limit.kind != LimitKind::breaker) return gauge_of(limit, sum, decided);
  return gauge_of(limit, sum, trip_of(limit, subject_of(limit, decided)), at);
}

void Recount::add(std::size_t index, const Counted& decided, Timestamp at) {
  const auto& limit = limits_[index];
  const auto weight = weight_of(limit, decided);
  if (weight == 0) return;
  auto& counted = window(index, decided);
  counted.items.emplace_back(at, weight);
  counted.added = counted.added + weight;
  // Of what is counted one by one, more than are allowed make no difference.
  if (limit.kind == LimitKind::budget ||
      counted.items.size() <= static_cast<std::size_t>(limit.allowed)) {
    return;
  }
  counted.dropped = counted.dropped + counted.items.front().second;
  counted.items.pop_front();
}

void Recount::follow(const Counted& decided) {
  const std::pair<Per, std::string_view> subjects[]{
      {Per::actor, decided.actor}, {Per::node, {}}, {Per::tenant, decided.tenant}};
  for (const auto& [per, subject] : subjects) {
    auto trip = trips_.lower_bound({per, std::string(subject), LimitKind::limit, {}});
    for (; trip != trips_.end(); ++trip) {
      if (std::get<0>(trip->first) != per || std::get<1>(trip->first) != subject) break;
      trip->second.is_followed = true;
    }
  }
}

std::optional<decision::Trip> Recount::trip_of(const Limit& limit, std::string_view subject) const {
  const auto found = trips_.find({limit.per, std::string(subject), limit.kind, limit.name});
  return found == trips_.end() ? std::nullopt : std::optional(found->second);
}

Recount::Window& Recount::window(std::size_t index, const Counted& decided) {
  return windows_[{index, std::string(subject_of(limits_[index], decided))}];
}

}  // namespace lexecon::ledger
