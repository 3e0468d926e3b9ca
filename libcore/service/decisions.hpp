// Decisions on record: one, many, or waiting for the end of an escalation.
//
// Errors   Error{not_found} for an unknown id; Error{integrity} for an entry that does not hash
// Source   lexecon-decision(1)
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "oversight/decisions.hpp"
#include "service/decide.hpp"

namespace lexecon::service {

/// The recorded decision, its entry hashed again; with `explain` judged again for its trace.
[[nodiscard]] Decision show_decision(const Node& node, const std::string& decision_id,
                                     bool explain);
void each_decision(const Node& node, const oversight::DecisionFilter& filter,
                   const std::function<void(const Decision&)>& visit);

/// Where a decision stands: its outcome, or that of its escalation once that is resolved.
struct Standing {
  policy::Outcome outcome = policy::Outcome::escalated;
  bool waiting = false;  // an escalation is open
};
[[nodiscard]] Standing standing(const Node& node, const std::string& decision_id);

}  // namespace lexecon::service
