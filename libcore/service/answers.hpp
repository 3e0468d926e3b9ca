// What people answer to one decision: a requirement met, an escalation resolved.
//
// Shapes   decision.confirmed, escalation.resolved; what was said stands in sealed content
// Errors   Error{bad_input} for what the decision does not wait for, or waits for no more;
//          Error{not_permitted} for an approval that is missing or refused: recorded then, and nothing else
// Source   lexecon-decision-confirm(1), lexecon-escalation-resolve(1), lexecon-ledger(5), Approvals
#pragma once

#include <optional>
#include <string>

#include "json/fwd.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

/// What goes with an answer.
struct Said {
  std::optional<std::string> note;           // sealed
  std::optional<std::int64_t> life_seconds;  // of a yes; node.yaml says, else 24 h
};

/// Meets a named requirement; the document lexecon.confirmation/1.
[[nodiscard]] Json confirm(const Node& node, const std::string& decision_id,
                           const std::string& requirement, const Said& said,
                           const std::optional<Signatory>& signatory, Session& session);

/// `outcome`: approved, denied, deferred or escalated_up; by the id of the escalation or of its decision.
/// The document lexecon.resolution/1.
[[nodiscard]] Json resolve(const Node& node, const std::string& id, const std::string& outcome,
                           const Said& said, const std::optional<Signatory>& signatory,
                           Session& session);

}  // namespace lexecon::service
