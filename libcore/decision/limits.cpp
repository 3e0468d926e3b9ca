#include "decision/limits.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"

namespace lexecon::decision {
namespace {

using policy::Outcome;
using policy::ReasonCode;

constexpr std::array<std::string_view, 3> kinds{"limit", "breaker", "budget"};
constexpr std::array<std::string_view, 4> pers{"actor", "model", "node", "tenant"};
constexpr std::array<std::string_view, 5> measures{"decisions", "failures", "cost_micros",
                                                   "input_tokens", "output_tokens"};

Timestamp month_of(Timestamp at) {
  constexpr std::size_t up_to_month = 7;  // of YYYY-MM-DD
  return entry_time(to_text(at).substr(0, up_to_month) + "-01T00:00:00.000000Z").value();
}

std::string_view text_or_empty(const Json& value) {
  return value.is_null() ? std::string_view() : value.get_ref<const std::string&>();
}

Usage usage_of(const Json& value) {
  if (value.is_null()) return {};
  return {.input_tokens = value.at("input_tokens").get<std::int64_t>(),
          .output_tokens = value.at("output_tokens").get<std::int64_t>(),
          .cost_micros = value.at("cost_micros").get<std::int64_t>()};
}

bool failed(const Counted& decision) {
  return counts(decision.reason) &&
         (decision.outcome == Outcome::denied || decision.outcome == Outcome::escalated);
}

}  // namespace

std::string_view to_string(LimitKind kind) { return kinds.at(static_cast<std::size_t>(kind)); }
std::string_view to_string(Per per) { return pers.at(static_cast<std::size_t>(per)); }
std::string_view to_string(Measure measure) {
  return measures.at(static_cast<std::size_t>(measure));
}

Counted counted_of(const Request& request) {
  const auto view = [](const std::optional<std::string>& text) {
    return text ? std::string_view(*text) : std::string_view();
  };
  return {.actor = request.actor,
          .tenant = view(request.tenant),
          .model = view(request.model),
          .usage = request.usage.value_or(Usage{})};
}

Counted counted_of(const Json& decision) {
  const auto outcome = policy::outcome_from(text_or_empty(decision.at("outcome")));
  const auto reason = policy::reason_code_from(text_or_empty(decision.at("reason_code")));
  return {.actor = text_or_empty(decision.at("actor")),
          .tenant = text_or_empty(decision.at("tenant")),
          .model = text_or_empty(decision.at("model")),
          .usage = usage_of(decision.at("usage")),
          .outcome = outcome.value_or(Outcome::denied),
          .reason = reason.value_or(ReasonCode::not_permitted)};
}

std::string_view subject_of(const Limit& limit, const Counted& decision) {
  switch (limit.per) {
    case Per::actor:
      return decision.actor;
    case Per::model:
      return decision.model;
    case Per::tenant:
      return decision.tenant;
    case Per::node:
      return {};
  }
  throw Error(ErrorCode::internal, "a limit per nothing");
}

Timestamp counts_after(const Limit& limit, Timestamp at) {
  if (limit.window == 0) return {month_of(at).micros - 1};
  return {at.micros - limit.window};
}

Timestamp quiet_until(const Limit& limit, Timestamp at) {
  if (limit.kind == LimitKind::breaker) return at + Span{0, limit.open_for};
  if (limit.window == 0) return month_of(at) + Span{1, 0};
  return at + Span{0, limit.window};
}

bool counts(ReasonCode reason) { return reason > ReasonCode::budget_exceeded; }

std::int64_t weight_of(const Limit& limit, const Counted& decision) {
  const bool was_given = decision.outcome != Outcome::denied;
  switch (limit.measure) {
    case Measure::decisions:
      return counts(decision.reason) ? 1 : 0;
    case Measure::failures:
      return failed(decision) ? 1 : 0;
    case Measure::cost_micros:
      return was_given ? decision.usage.cost_micros : 0;
    case Measure::input_tokens:
      return was_given ? decision.usage.input_tokens : 0;
    case Measure::output_tokens:
      return was_given ? decision.usage.output_tokens : 0;
  }
  throw Error(ErrorCode::internal, "a limit of nothing");
}

ReasonCode guard_of(const Limit& limit) {
  return limit.kind == LimitKind::budget ? ReasonCode::budget_exceeded : ReasonCode::rate_limited;
}

Gauge gauge_of(const Limit& limit, std::int64_t sum, const Counted& decision) {
  if (limit.kind == LimitKind::budget) {
    auto asks = decision;
    asks.outcome = Outcome::approved;
    return {.used = sum, .is_full = weight_of(limit, asks) > limit.allowed - sum};
  }
  const auto used = std::min(sum, limit.allowed);
  return {.used = used, .is_full = used == limit.allowed};
}

Gauge gauge_of(const Limit& breaker, std::int64_t failures, const std::optional<Trip>& trip,
               Timestamp at) {
  if (trip && at < trip->until) return {.used = breaker.allowed, .is_full = true};
  // Of a closed one, and of one that is half-open, the next failure may be the last.
  const auto most = breaker.allowed - 1;
  if (trip && !trip->is_followed) return {.used = most, .is_full = false};
  return {.used = std::min(failures, most), .is_full = false};
}

bool trips(const Limit& limit, const Gauge& gauge, const Counted& decision,
           const std::optional<Trip>& last, Timestamp at) {
  if (limit.kind == LimitKind::breaker) {
    return failed(decision) && gauge.used + 1 >= limit.allowed;
  }
  return gauge.is_full && decision.reason == guard_of(limit) && !(last && at < last->until);
}

Json trip_data(const Limit& limit, std::string_view subject, const Gauge& gauge,
               std::string_view decision_id, Timestamp at) {
  return {{"allowed", limit.allowed},
          {"decision_id", decision_id},
          {"kind", to_string(limit.kind)},
          {"name", limit.name},
          {"per", to_string(limit.per)},
          {"subject", subject.empty() ? Json() : Json(subject)},
          {"until", to_text(quiet_until(limit, at))},
          {"used", gauge.used}};
}

void hold(Facts& facts, ReasonCode guard) {
  facts.guard = facts.guard ? std::min(*facts.guard, guard) : guard;
}

Sum operator+(Sum sum, std::int64_t value) {
  sum.low += value;
  if (sum.low > json::max_integer) {
    sum.low -= json::max_integer + 1;
    ++sum.high;
  }
  return sum;
}

std::int64_t since(const Sum& earlier, const Sum& sum) {
  const auto high = sum.high - earlier.high;
  if (high > 1) return json::max_integer;
  const auto whole = high * (json::max_integer + 1) + (sum.low - earlier.low);
  return std::min(whole, json::max_integer);
}

}  // namespace lexecon::decision
