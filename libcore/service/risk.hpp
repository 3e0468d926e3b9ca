// What requests score: a request before anybody decides it, the records of those decided, the model.
//
// Shapes   a record is of one decision whose entry holds a score; its id is rsk_ and that of the decision
// Errors   Error{not_found} for a decision that is not there, or of which nothing was scored
// Source   lexecon-risk-assess(1), lexecon-risk-show(1), lexecon-risk-model(1)
#pragma once

#include <string>

#include "decision/request.hpp"
#include "json/json.hpp"
#include "service/decide.hpp"
#include "service/set_choice.hpp"

namespace lexecon::service {

/// Scores as the judge would, and decides and records nothing. The document lexecon.risk_assessment/1.
[[nodiscard]] Json assess_risk(const ChosenSet& chosen, const decision::Request& request);
/// The document lexecon.risk_model/1.
[[nodiscard]] Json risk_model(const ChosenSet& chosen);

/// The decision that a risk record, or the decision itself, is called by; its entry hashed again.
[[nodiscard]] Decision show_risk(const Node& node, const std::string& id);
/// The document lexecon.risk/1 of a decision that has a record.
[[nodiscard]] Json risk_record(const Decision& decision);

}  // namespace lexecon::service
