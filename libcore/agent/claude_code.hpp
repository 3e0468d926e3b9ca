// What Claude Code tells its hooks, what it wants to hear from them, and what it writes down.
//
// Shapes   an event is one JSON object; of it only what bears on the decision is read, for the host adds
//          members as it likes
// Errors   Error{bad_input}: what cannot be read is not decided
// Source   lexecon-hook(7), Claude Code; the host's hooks reference
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/tool_call.hpp"

namespace lexecon::agent {

/// The call that a PreToolUse event is about; nothing for an event at which nothing runs.
/// `home` is what the host puts for a leading `~`; empty when there is none.
[[nodiscard]] std::optional<ToolCall> read_event(std::string_view bytes, const Path& home);

enum class Permission { allow, deny, ask };
[[nodiscard]] std::string_view to_string(Permission permission);
[[nodiscard]] Json event_answer(Permission permission, const std::string& reason);

/// A tool call as a transcript has it.
struct ToolUse {
  std::string id;
  std::string tool;
  Json input;
};
/// Those of one line of a transcript.
[[nodiscard]] std::vector<ToolUse> tool_uses(std::string_view line, const std::string& where);

}  // namespace lexecon::agent
