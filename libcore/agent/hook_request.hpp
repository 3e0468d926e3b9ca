// The question of a hook in a form that any host can write, lexecon.hook_request/1.
//
// Errors   Error{bad_input} with the JSON pointer; members that are not known are refused
// Source   lexecon-hook(7), Any other host
#pragma once

#include <string_view>

#include "agent/tool_call.hpp"

namespace lexecon::agent {

[[nodiscard]] ToolCall read_hook_request(std::string_view bytes);

}  // namespace lexecon::agent
