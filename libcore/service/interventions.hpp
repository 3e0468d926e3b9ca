// Interventions of people that no other command records: a review, an instruction, a halt by other means.
//
// Shapes   oversight.intervened {decision_id, intervention_id, role, type}, its note sealed
// Errors   Error{not_found} for a decision that is not on record; Error{bad_input} for a note that is no
//          text; Error{not_permitted} without the signature of an officer or an admin
// Source   lexecon-oversight-intervene(1), lexecon-ledger(5)
#pragma once

#include <optional>
#include <string>

#include "json/fwd.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct NewIntervention {
  std::string type;
  std::string role;  // of oversight; what the operator may do is in theirs
  std::string note;
  std::optional<std::string> decision_id;
};
/// lexecon.intervention/1
[[nodiscard]] Json intervene(const Node& node, const NewIntervention& wanted,
                             const std::optional<Signatory>& signatory, Session& session);

}  // namespace lexecon::service
