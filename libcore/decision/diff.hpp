// What two sets say differently: requests found by what their relations can tell apart, each judged by both.
//
// Shapes   one change for each cause: the reasons, requirements and relations that only one of the verdicts has,
//          with the smallest request found for it. Where there is no change and nothing stands in `unproved`,
//          both sets say the same of whatever is asked at `from` or later. Guards, limits, exceptions and what
//          a condition may cost are not looked at
// Units    once 400,000 requests were judged, no region is begun; what is left out stands in `unproved`
// Source   lexecon-policy-diff(1)
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "decision/judge.hpp"
#include "json/json.hpp"

namespace lexecon::decision {

struct Said {
  policy::Outcome outcome = policy::Outcome::denied;
  std::vector<policy::Reason> reasons;
  std::vector<std::string> unmet;
  std::vector<std::string> matched;
  std::vector<std::string> against;  // the relations that gave a reason
  /// Which relations say it is no part of a verdict.
  [[nodiscard]] bool same_verdict(const Said& other) const {
    return outcome == other.outcome && reasons == other.reasons && unmet == other.unmet;
  }
};

struct VerdictChange {
  Said was;
  Said would_be;
  Json request;
  Facts facts;  // the approvals that it rests on
  Timestamp at;
};

/// A part of a relation, or of the sets as a whole, by which a change may have been missed.
struct Unproved {
  std::string relation;  // empty: of no single one
  std::string part;      // as it is written
  std::string why;
  friend auto operator<=>(const Unproved&, const Unproved&) = default;
};

struct Difference {
  std::vector<VerdictChange> changes;  // laxer ones first, then stricter ones
  std::vector<Unproved> unproved;
  std::uint64_t judged = 0;  // requests, by both sets
};

[[nodiscard]] Difference difference(const ActiveSet& was, const ActiveSet& now, Timestamp from);

}  // namespace lexecon::decision
