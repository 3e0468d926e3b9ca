// Why a set says of a request what it says.
//
// Shapes   the document lexecon.explanation/1: the decision that is not recorded, with its whole trace, and
//          which permits covers each object
// Source   lexecon-policy-explain(1)
#pragma once

#include "decision/request.hpp"
#include "json/json.hpp"
#include "service/set_choice.hpp"

namespace lexecon::service {

[[nodiscard]] Json explain(const ChosenSet& chosen, const decision::Request& request);
/// The nearest permits and the smallest change that would be approved; null for an approved request.
[[nodiscard]] Json explain_refusal(const ChosenSet& chosen, const decision::Request& request);

}  // namespace lexecon::service
