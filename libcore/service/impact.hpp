// What a set would say of the decisions on record: each is judged again by the set it was made under, and
// then by the other one, with the facts that were known then.
//
// Shapes   lexecon.impact/1. Limits are not counted again: where both sets have the same ones they hold as they
//          held, else they hold nobody. A request that was erased, or of another engine, is not reproducible
// Errors   Error{integrity} naming the decision that its own set judges differently now
// Source   lexecon-policy-impact(1)
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "decision/active_set.hpp"
#include "json/fwd.hpp"
#include "service/node.hpp"
#include "service/oversight_acts.hpp"

namespace lexecon::service {

struct ImpactWish {
  Period period;
  std::optional<std::string> actor = {};
  std::uint64_t most_listed = 20;
};
/// Nothing is recorded.
[[nodiscard]] Json policy_impact(const Node& node, const decision::ActiveSet& other,
                                 const ImpactWish& wish,
                                 const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace lexecon::service
