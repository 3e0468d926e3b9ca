// The permits that come nearest to covering what no permits covers.
//
// Units    grows with the permits of the set: for people who ask why, not for decisions
// Source   lexecon-policy-explain(1)
#pragma once

#include <string>
#include <vector>

#include "decision/judge.hpp"

namespace lexecon::decision {

struct NearPermits {
  std::string relation;
  std::vector<std::string> failed;  // actual and wanted, of each part that does not hold
};

/// At most three: those for the actor first, then those of which the least fails. Empty when all is
/// covered.
[[nodiscard]] std::vector<NearPermits> nearest_permits(const Request& request, const ActiveSet& set,
                                                       const Facts& facts, Timestamp at);

}  // namespace lexecon::decision
