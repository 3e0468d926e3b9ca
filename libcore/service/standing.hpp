// Where a decision stands now: what people answered, and what the judge would say with that.
//
// Shapes   told by entries; judged under the set and the stops in force now
// Source   lexecon-decision-wait(1)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json/fwd.hpp"
#include "policy/ruling.hpp"
#include "service/node.hpp"

namespace lexecon::service {

/// What the judge says of a decision's request now, with what people approved.
struct Wants {
  std::optional<policy::Outcome> outcome;  // nothing: its request was erased
  std::optional<policy::ReasonCode> reason;
  std::vector<std::string> unmet;
};
[[nodiscard]] Wants wants_of(store::Database& database, const std::string& decision_id,
                             Timestamp at);
[[nodiscard]] Json to_json(const Wants& wants);

/// What became of a decision so far.
struct Standing {
  policy::Outcome outcome;
  bool waiting;  // on a person
};
[[nodiscard]] Standing standing(const Node& node, const std::string& decision_id, Timestamp now);

}  // namespace lexecon::service
