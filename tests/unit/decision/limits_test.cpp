#include "decision/limits.hpp"

#include <doctest/doctest.h>

#include "json/json.hpp"
#include "json/parse.hpp"

TEST_SUITE_BEGIN("decision/limits");

namespace lexecon::decision {
namespace {

using policy::Outcome;
using policy::ReasonCode;

Timestamp at(const char* text) { return parse_time(text).value(); }

Limit limit_of(LimitKind kind, std::int64_t window, std::int64_t allowed, Measure measure) {
  Limit out;
  out.kind = kind;
  out.name = "it";
  out.window = window;
  out.allowed = allowed;
  out.measure = measure;
  out.open_for = kind == LimitKind::breaker ? 60 : 0;
  return out;
}

Counted decided(Outcome outcome, ReasonCode reason) {
  return {.actor = "actor:a",
          .tenant = "t",
          .model = "m",
          .usage = {.input_tokens = 1, .output_tokens = 2, .cost_micros = 3},
          .outcome = outcome,
          .reason = reason};
}

TEST_CASE("a month begins at its first moment and is quiet until the next") {
  const auto budget = limit_of(LimitKind::budget, 0, 1, Measure::cost_micros);
  const auto last = at("2028-02-29T23:59:59.999999Z");
  CHECK(counts_after(budget, last) == at("2028-01-31T23:59:59.999999Z"));
  CHECK(quiet_until(budget, last) == at("2028-03-01T00:00:00Z"));
  CHECK(quiet_until(budget, at("2027-12-01T00:00:00Z")) == at("2028-01-01T00:00:00Z"));
  const auto limit = limit_of(LimitKind::limit, 5, 1, Measure::decisions);
  CHECK(counts_after(limit, Timestamp{100}) == Timestamp{95});
  CHECK(quiet_until(limit, Timestamp{100}) == Timestamp{105});
}

TEST_CASE("a ban does not extend itself, and what was asked wrongly counts") {
  const auto calls = limit_of(LimitKind::limit, 5, 1, Measure::decisions);
  const auto fuse = limit_of(LimitKind::breaker, 5, 1, Measure::failures);
  for (const auto reason :
       {ReasonCode::emergency_stop, ReasonCode::rate_limited, ReasonCode::budget_exceeded}) {
    CHECK(weight_of(calls, decided(Outcome::denied, reason)) == 0);
    CHECK(weight_of(fuse, decided(Outcome::denied, reason)) == 0);
  }
  for (const auto reason :
       {ReasonCode::model_not_approved, ReasonCode::prohibited_content, ReasonCode::forbidden}) {
    CHECK(weight_of(calls, decided(Outcome::denied, reason)) == 1);
    CHECK(weight_of(fuse, decided(Outcome::denied, reason)) == 1);
  }
  CHECK(weight_of(fuse, decided(Outcome::escalated, ReasonCode::risk_threshold)) == 1);
  CHECK(weight_of(fuse, decided(Outcome::conditional, ReasonCode::requirement_unmet)) == 0);
  const auto spend = limit_of(LimitKind::budget, 5, 9, Measure::output_tokens);
  CHECK(weight_of(spend, decided(Outcome::escalated, ReasonCode::risk_threshold)) == 2);
  CHECK(weight_of(spend, decided(Outcome::denied, ReasonCode::forbidden)) == 0);
}

TEST_CASE("the edge of a limit and of a budget is allowed, and what is above it is not") {
  const auto asks = decided(Outcome::approved, ReasonCode::permitted);
  const auto calls = limit_of(LimitKind::limit, 5, 2, Measure::decisions);
  CHECK_FALSE(gauge_of(calls, 1, asks).is_full);
  CHECK(gauge_of(calls, 2, asks).is_full);
  CHECK(gauge_of(calls, 9, asks).used == 2);
  const auto spend = limit_of(LimitKind::budget, 5, 10, Measure::cost_micros);
  CHECK_FALSE(gauge_of(spend, 7, asks).is_full);
  CHECK(gauge_of(spend, 8, asks).is_full);
  CHECK(gauge_of(spend, json::max_integer, asks).is_full);
}

TEST_CASE("a breaker is open until its time, half-open once, then closed") {
  const auto fuse = limit_of(LimitKind::breaker, 1'000, 3, Measure::failures);
  const Trip tripped{.until = Timestamp{100}, .seq = 7};
  CHECK(gauge_of(fuse, 0, tripped, Timestamp{99}).is_full);
  const auto half_open = gauge_of(fuse, 0, tripped, Timestamp{100});
  CHECK_FALSE(half_open.is_full);
  CHECK(half_open.used == 2);
  const auto fails = decided(Outcome::denied, ReasonCode::forbidden);
  const auto works = decided(Outcome::approved, ReasonCode::permitted);
  CHECK(trips(fuse, half_open, fails, tripped, Timestamp{100}));
  CHECK_FALSE(trips(fuse, half_open, works, tripped, Timestamp{100}));
  auto followed = tripped;
  followed.is_followed = true;
  const auto closed = gauge_of(fuse, 1, followed, Timestamp{100});
  CHECK(closed.used == 1);
  CHECK_FALSE(trips(fuse, closed, fails, followed, Timestamp{100}));
  CHECK(trips(fuse, gauge_of(fuse, 2, std::nullopt, Timestamp{0}), fails, std::nullopt, {}));
  // More failures than are allowed now, from a time when more were: open only at the next one.
  CHECK_FALSE(gauge_of(fuse, 9, std::nullopt, Timestamp{0}).is_full);
}

TEST_CASE("a full limit is told of once until its window is over") {
  const auto calls = limit_of(LimitKind::limit, 50, 1, Measure::decisions);
  const Gauge full{.used = 1, .is_full = true};
  const auto held = decided(Outcome::denied, ReasonCode::rate_limited);
  const Trip told{.until = Timestamp{100}};
  CHECK(trips(calls, full, held, std::nullopt, Timestamp{50}));
  CHECK_FALSE(trips(calls, full, held, told, Timestamp{99}));
  CHECK(trips(calls, full, held, told, Timestamp{100}));
  // Something else denied it.
  CHECK_FALSE(trips(calls, full, decided(Outcome::denied, ReasonCode::emergency_stop), {}, {}));
}

TEST_CASE("the guard that comes first in the list of codes is the one that holds") {
  Facts facts;
  hold(facts, ReasonCode::budget_exceeded);
  hold(facts, ReasonCode::prohibited_content);
  CHECK(facts.guard == ReasonCode::budget_exceeded);
  hold(facts, ReasonCode::emergency_stop);
  hold(facts, ReasonCode::rate_limited);
  CHECK(facts.guard == ReasonCode::emergency_stop);
}

TEST_CASE("no number of additions overflows a sum") {
  Sum sum;
  const Sum none;
  for (int i = 0; i < 5'000; ++i) sum = sum + json::max_integer;
  CHECK(since(none, sum) == json::max_integer);
  auto later = sum + 4;
  later = later + 5;
  CHECK(since(sum, later) == 9);
  CHECK(since(later, later + json::max_integer) == json::max_integer);
  CHECK(since(later, later + (json::max_integer - 1)) == json::max_integer - 1);
}

TEST_CASE("a recorded decision counts like the request it was") {
  const auto request = parse_request({{"actor", "a"},
                                      {"action", "b"},
                                      {"tenant", "t"},
                                      {"usage", {{"cost_micros", 4}, {"input_tokens", 5}}}});
  const Json data{{"actor", "actor:a"},
                  {"tenant", "t"},
                  {"model", nullptr},
                  {"outcome", "approved"},
                  {"reason_code", "permitted"},
                  {"usage", {{"cost_micros", 4}, {"input_tokens", 5}, {"output_tokens", 0}}}};
  const auto one = counted_of(request);
  const auto other = counted_of(data);
  CHECK(one.actor == other.actor);
  CHECK(one.tenant == other.tenant);
  CHECK(one.model == other.model);
  CHECK(one.usage.cost_micros == other.usage.cost_micros);
  CHECK(one.usage.input_tokens == other.usage.input_tokens);
  CHECK(one.usage.output_tokens == other.usage.output_tokens);
}

}  // namespace
}  // namespace lexecon::decision

TEST_SUITE_END();
