// The trace of a verdict: every relation that reached the request and every step after them.
#pragma once

#include <optional>
#include <vector>

#include "decision/judge.hpp"
#include "policy/evaluate.hpp"

namespace lexecon::decision {

[[nodiscard]] std::vector<TraceStep> trace_relations(const policy::Ruling& ruling,
                                                     const Request& request);
[[nodiscard]] TraceStep trace_guard(policy::ReasonCode code);
/// A file of the set that is not in force at `at`.
[[nodiscard]] TraceStep trace_window(const policy::File& file, Timestamp at);
[[nodiscard]] TraceStep trace_uncovered(const policy::Ruling& ruling, policy::Mode mode);
/// Step 19, when something was scored.
[[nodiscard]] TraceStep trace_risk(const risk::Score& score, const risk::Model& model);
/// Step 20, in paranoid mode.
[[nodiscard]] TraceStep trace_paranoid(const risk::Score& score);
[[nodiscard]] TraceStep trace_confirmation(bool lifted);

}  // namespace lexecon::decision
