// Who answers for a decision, as was said after it: what an assignment says, and what none may say.
//
// Shapes   the data of responsibility.assigned; who answers is `operator:<name>` or the id of an actor
// Units    confidence in percent
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-responsibility-assign(1); lexecon-ledger(5), Event data
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/operators.hpp"
#include "chain/entry.hpp"
#include "json/fwd.hpp"

namespace lexecon::authority {

struct Assignment {
  std::string id;  // rsp_<ULID>
  std::string decision_id;
  std::string responsible;
  std::string maker;
  std::string level;
  std::optional<std::int64_t> confidence = {};
  std::vector<std::string> delegated_from = {};  // the first is where it began
  bool liability_accepted = false;
  std::optional<Timestamp> review_due = {};
  std::optional<std::string> signed_by = {};  // an operator's name
};
[[nodiscard]] Assignment assignment_in(const chain::Entry& entry);
/// The data of its entry, but for the approval.
[[nodiscard]] Json to_data(const Assignment& assignment);

/// What it may not say in an entry of that time, by the operators of the entries before `seq`.
[[nodiscard]] Fault assignment_fault(const Assignment& assignment, Timestamp at,
                                     const Operators& operators,
                                     std::uint64_t seq = Operators::last);
/// An operator, or an actor whose id says that it is a human.
[[nodiscard]] bool is_person(std::string_view who);

}  // namespace lexecon::authority
