// A tool call decided for its host: the recorded decision, and what the host is told.
//
// Shapes   approved is allow; denied, conditional and escalated are deny, the last one ask where the set
//          that judged has `hooks.escalated: ask` in its node.yaml
// Errors   those of service::decide
// Source   lexecon-hook(7), Answers
#pragma once

#include <string>

#include "agent/claude_code.hpp"
#include "service/decide.hpp"

namespace lexecon::service {

struct ToolRuling {
  Decision decision;
  agent::Permission permission = agent::Permission::deny;
  std::string reason;  // one line for whoever reads the host's window: ids and codes
};

/// `host` names the caller in `via`, as hook:<host>.
[[nodiscard]] ToolRuling rule_on_tool(const Node& node, const decision::Request& request,
                                      const std::string& host, Session& session);
/// lexecon.hook_answer/1, with one decision.
[[nodiscard]] Json to_json(const ToolRuling& ruling);

}  // namespace lexecon::service
