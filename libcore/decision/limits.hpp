// Limits, circuit breakers and budgets of node.yaml: whom one bears on, when it is full, and what a
// decision adds to it. Where the count comes from is for the caller to say.
//
// Shapes   a limit counts decisions, a breaker those that failed, a budget what was declared as used
// Units    window and open_for in microseconds; a window of 0 is the calendar month, UTC
// Source   lexecon-node(5), Limits
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "decision/facts.hpp"
#include "decision/request.hpp"
#include "json/fwd.hpp"

namespace lexecon::decision {

enum class LimitKind : std::uint8_t { limit, breaker, budget };
enum class Per : std::uint8_t { actor, model, node, tenant };
enum class Measure : std::uint8_t { decisions, failures, cost_micros, input_tokens, output_tokens };
[[nodiscard]] std::string_view to_string(LimitKind kind);
[[nodiscard]] std::string_view to_string(Per per);
[[nodiscard]] std::string_view to_string(Measure measure);

struct Limit {
  LimitKind kind = LimitKind::limit;
  std::string name;
  Per per = Per::node;
  std::int64_t window = 0;
  std::int64_t allowed = 0;
  Measure measure = Measure::decisions;
  std::int64_t open_for = 0;  // of a breaker
  friend bool operator==(const Limit&, const Limit&) = default;
};

/// What of a decision, recorded or to come, a limit asks for; its texts must outlive it.
struct Counted {
  std::string_view actor;
  std::string_view tenant;  // empty for none, as is the model
  std::string_view model;
  Usage usage{};
  policy::Outcome outcome = policy::Outcome::approved;
  policy::ReasonCode reason = policy::ReasonCode::permitted;
};
[[nodiscard]] Counted counted_of(const Request& request);
/// Of the data of a decision, which has its shape.
[[nodiscard]] Counted counted_of(const Json& decision);

/// One on whom the limit bears; empty for the node, and for who gives no tenant or model.
[[nodiscard]] std::string_view subject_of(const Limit& limit, const Counted& decision);
/// What stands behind this moment is counted at `at`.
[[nodiscard]] Timestamp counts_after(const Limit& limit, Timestamp at);
/// Until when a limit that is full at `at` is not told of again, and a breaker stays open.
[[nodiscard]] Timestamp quiet_until(const Limit& limit, Timestamp at);
/// Whether a decision counts: those that were denied by a stop, a limit or a budget, which deny whatever
/// is asked, would make a ban extend itself.
[[nodiscard]] bool counts(policy::ReasonCode reason);
/// What a decision adds.
[[nodiscard]] std::int64_t weight_of(const Limit& limit, const Counted& decision);
/// The guard that denies while it is full.
[[nodiscard]] policy::ReasonCode guard_of(const Limit& limit);

/// How a limit stands for one subject, before a decision.
struct Gauge {
  std::int64_t used = 0;
  bool is_full = false;
};
/// Of a limit, or a budget that the decision would add to.
[[nodiscard]] Gauge gauge_of(const Limit& limit, std::int64_t sum, const Counted& decision);
/// The last time that a breaker opened, or that a limit was told of as full.
struct Trip {
  Timestamp until;
  std::uint64_t seq = 0;
  bool is_followed = false;  // by a decision of the subject that counts
};
/// Of a breaker: open until the trip ends, then half-open for one decision, which closes it or opens it
/// again. `failures` are those since the trip.
[[nodiscard]] Gauge gauge_of(const Limit& breaker, std::int64_t failures,
                             const std::optional<Trip>& trip, Timestamp at);
/// Whether a decision, judged with that gauge, is told of in an entry of its own.
[[nodiscard]] bool trips(const Limit& limit, const Gauge& gauge, const Counted& decision,
                         const std::optional<Trip>& last, Timestamp at);
/// The data of that `limit.tripped`.
[[nodiscard]] Json trip_data(const Limit& limit, std::string_view subject, const Gauge& gauge,
                             std::string_view decision_id, Timestamp at);

/// Holds the guard unless one that comes before it in the order of codes does.
void hold(Facts& facts, policy::ReasonCode guard);

/// A sum that no number of decisions overflows: high * 2^53 + low.
struct Sum {
  std::int64_t high = 0;
  std::int64_t low = 0;
  friend bool operator==(const Sum&, const Sum&) = default;
};
/// `value` is from 0 to 2^53-1.
[[nodiscard]] Sum operator+(Sum sum, std::int64_t value);
/// What was added since an earlier sum; 2^53-1 when it is more.
[[nodiscard]] std::int64_t since(const Sum& earlier, const Sum& sum);

}  // namespace lexecon::decision
