#include "service/meter.hpp"

#include <algorithm>

#include "json/json.hpp"
#include "json/parse.hpp"
#include "oversight/trips.hpp"
#include "oversight/usage.hpp"

namespace lexecon::service {

using decision::Counted;
using decision::Gauge;
using decision::Limit;
using decision::LimitKind;

Meter::Meter(store::Database& database, const decision::ActiveSet* set, Timestamp at)
    : database_(&database),
      limits_(set != nullptr && !set->node.limits.empty() ? &set->node.limits : nullptr),
      at_(at) {}

// INVARIANT: read inside the transaction that records, and kept in step with it, so that no decision of
// another writer or of the same batch is missed: a limit is never one over.
void Meter::weigh(const decision::Request& request, decision::Facts& facts) {
  if (limits_ == nullptr) return;
  const auto asked = counted_of(request);
  for (std::size_t i = 0; i < limits_->size(); ++i) {
    const auto& limit = (*limits_)[i];
    const auto now = gauge(limit, standing(i, asked), asked);
    facts.limits.push_back({limit.name, now.used, limit.allowed});
    if (now.is_full) hold(facts, guard_of(limit));
  }
}

std::vector<Json> Meter::count(const Json& decision) {
  std::vector<Json> tripped;
  if (limits_ == nullptr) return tripped;
  const auto decided = decision::counted_of(decision);
  for (std::size_t i = 0; i < limits_->size(); ++i) {
    const auto& limit = (*limits_)[i];
    auto& stands = standing(i, decided);
    const auto before = gauge(limit, stands, decided);
    stands.sum += std::min(weight_of(limit, decided), json::max_integer - stands.sum);
    if (stands.trip && decision::counts(decided.reason)) stands.trip->is_followed = true;
    if (!trips(limit, before, decided, stands.trip, at_)) continue;
    stands.trip = {.until = quiet_until(limit, at_)};
    if (limit.kind == LimitKind::breaker) stands.sum = 0;
    tripped.push_back(trip_data(limit, subject_of(limit, decided), before,
                                decision.at("decision_id").get_ref<const std::string&>(), at_));
  }
  return tripped;
}

Meter::Standing& Meter::standing(std::size_t index, const Counted& decision) {
  const auto& limit = (*limits_)[index];
  std::pair key(index, std::string(subject_of(limit, decision)));
  const auto known = standings_.find(key);
  if (known != standings_.end()) return known->second;
  auto read_now = read(limit, key.second);
  return standings_.emplace(std::move(key), std::move(read_now)).first->second;
}

Meter::Standing Meter::read(const Limit& limit, const std::string& subject) const {
  Standing out;
  out.trip = oversight::last_trip(*database_, limit, subject);
  auto first = oversight::first_after(*database_, counts_after(limit, at_));
  if (limit.kind == LimitKind::breaker && out.trip) {
    out.trip->is_followed = oversight::any_behind(*database_, limit, subject, out.trip->seq);
    if (first) first = std::max(*first, out.trip->seq + 1);
  }
  if (!first) return out;
  out.sum = limit.kind == LimitKind::budget
                ? oversight::used_from(*database_, limit, subject, *first)
                : oversight::count_from(*database_, limit, subject, *first);
  return out;
}

Gauge Meter::gauge(const Limit& limit, const Standing& standing, const Counted& decision) const {
  if (limit.kind == LimitKind::breaker) {
    return gauge_of(limit, standing.sum, standing.trip, at_);
  }
  return gauge_of(limit, standing.sum, decision);
}

}  // namespace lexecon::service
