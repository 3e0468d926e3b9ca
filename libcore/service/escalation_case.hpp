// What somebody must know to answer an escalation: what is asked and by whom, why it was stopped, what became
// of its like, what yes permits and who may say it.
//
// Errors   those of service/escalations
// Source   lexecon-escalation-show(1)
#pragma once

#include <string>

#include "json/json.hpp"
#include "service/node.hpp"

namespace lexecon::service {

/// The document lexecon.escalation_case/1, by the id of the escalation or of its decision. What the request
/// says beyond ids comes from its sealed content and is null once that was erased.
[[nodiscard]] Json escalation_case(const Node& node, const std::string& id, Timestamp now);

}  // namespace lexecon::service
