// The smallest change of a request that would be approved.
//
// Shapes   one field, then two; then the fewest bytes of new values. Every change is judged for real
// Units    at most 10,000 requests are judged; a search that stops there is not complete
// Source   lexecon-policy-explain(1)
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "decision/candidates.hpp"
#include "decision/judge.hpp"

namespace lexecon::decision {

struct Change {
  std::vector<Candidate> fields;
  policy::ReasonCode reason = policy::ReasonCode::permitted;
};

struct WhyNot {
  std::optional<Change> change;  // nothing when none was found
  std::uint64_t judged = 0;
  bool complete = true;  // no candidate was left out
};

/// Of a request that is not approved.
[[nodiscard]] WhyNot why_not(const Request& request, const ActiveSet& set, const Facts& facts,
                             Timestamp at);

}  // namespace lexecon::decision
