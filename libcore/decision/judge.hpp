// request + facts + active set + time -> verdict. Pure: the verifier calls just this.
//
// Source   lexecon-policy(5), The algorithm (normative); engine lexecon-judge/1
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "decision/active_set.hpp"
#include "decision/facts.hpp"
#include "decision/request.hpp"
#include "json/fwd.hpp"
#include "policy/ruling.hpp"

namespace lexecon::decision {

inline constexpr std::string_view engine = "lexecon-judge/1";
inline constexpr std::size_t max_matched = 32;

/// One line of the trace: a relation that was looked at, or a step after the relations.
struct TraceStep {
  std::string relation;  // id, or the step's name
  /// permits, tried (a permits at fault), forbids, requires, exception, skipped, not_covered, risk, mode,
  /// confirmation, guard, window
  std::string effect;
  std::vector<std::string> objects;
  std::string detail;  // actual and wanted values; stands in no entry
};

struct Verdict {
  policy::Outcome outcome = policy::Outcome::denied;
  policy::ReasonCode reason = policy::ReasonCode::no_policy_in_force;
  std::vector<policy::Reason> reasons;  // all of them, strictest first, unique
  std::vector<std::string> matched;     // deciding ones first, at most max_matched
  std::uint64_t matched_count = 0;
  std::vector<std::string> unmet;    // requirement names, ascending, unique
  std::vector<std::string> against;  // the relations that gave a reason, in canonical order
  std::optional<Hash> policy_hash;   // nothing when no set is active
  std::optional<policy::Mode> mode;
  std::vector<std::string> files_not_in_force;
  std::vector<std::string> owners;  // of the actor, ascending
  risk::Score risk;
  std::string reasoning;  // one sentence made of ids and codes
  std::vector<TraceStep> trace;
};

/// `set` is nullptr when none is active. Total: never throws for a parsed request.
[[nodiscard]] Verdict judge(const Request& request, const ActiveSet* set, const Facts& facts,
                            Timestamp at);

}  // namespace lexecon::decision
