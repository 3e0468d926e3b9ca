// The set of policies that was in force at the end of a report's part of the log, as its entries have it.
//
// Errors   Error{integrity} where its files are not on record as they were
#pragma once

#include <cstdint>
#include <optional>

#include "decision/active_set.hpp"
#include "decision/retention.hpp"
#include "reporting/section.hpp"

namespace lexecon::reporting {

struct SetInForce {
  std::uint64_t seq = 0;  // the entry that activated it
  decision::ActiveSet set;
  decision::RetentionRules rules;
};
/// Nothing when none was ever activated.
[[nodiscard]] std::optional<SetInForce> set_in_force(const Ground& ground);

}  // namespace lexecon::reporting
