// Which tool calls of a session have a decision on record, and which went past the hook.
//
// Shapes   a decision is that of a call when it was made for that host under the call's id, and its sealed
//          request has the same tool and input; of an erased request the id alone tells
// Errors   Error{integrity} for an entry that does not hash
// Source   lexecon-hook(7), Audit
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/claude_code.hpp"
#include "service/node.hpp"

namespace lexecon::service {

enum class Coverage : std::uint8_t { covered, no_decision, other_input };
[[nodiscard]] std::string_view to_string(Coverage coverage);

/// One for each call, in their order.
[[nodiscard]] std::vector<Coverage> coverage_of(const Node& node, const std::string& host,
                                                std::span<const agent::ToolUse> calls);

}  // namespace lexecon::service
