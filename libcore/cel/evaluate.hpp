// A program and bindings in, a value and its cost out.
//
// Shapes   deterministic: the same program and bindings give the same value, failure and cost on
//          every machine; a failure is a value of the kind error
// Units    cost as in cel/site.hpp. Beyond the limit the whole evaluation fails
// Source   CEL language definition, Evaluation; lexecon-cel(7) for the cost
#pragma once

#include <span>
#include <string>

#include "cel/program.hpp"

namespace lexecon::cel {

inline constexpr std::uint32_t max_cost = 100'000;

struct Outcome {
  Value value;  // a view into program, bindings and arena
  std::uint32_t cost = 0;
};

/// `slots[i]` is what `names.variables[i]` is bound to, absent or beyond the end: unbound. `names` is
/// what the program was compiled with.
[[nodiscard]] Outcome evaluate(const Program& program, const Names& names,
                               std::span<const Value> slots, Arena& arena,
                               std::uint32_t limit = max_cost);
/// The same for one node, outside the comprehensions that declare its variables.
[[nodiscard]] Outcome evaluate(const Program& program, NodeId node, const Names& names,
                               std::span<const Value> slots, Arena& arena,
                               std::uint32_t limit = max_cost);

}  // namespace lexecon::cel
