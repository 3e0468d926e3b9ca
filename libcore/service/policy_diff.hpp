// What a set would say differently from another one, before anybody asks.
//
// Shapes   lexecon.diff/1; requests are documents that `decide` takes
// Source   lexecon-policy-diff(1)
#pragma once

#include <cstdint>
#include <string>

#include "base/time.hpp"
#include "decision/active_set.hpp"
#include "json/fwd.hpp"

namespace lexecon::service {

struct SetSide {
  std::string name;  // as it was asked for
  decision::ActiveSet set;
};

[[nodiscard]] Json policy_diff(const SetSide& was, const SetSide& now, Timestamp from,
                               std::uint64_t most_listed);

}  // namespace lexecon::service
