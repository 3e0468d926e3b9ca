// Our entry among the hooks of Claude Code's settings: put in, found again, taken out.
//
// Shapes   hooks.PreToolUse[{"matcher":"*","hooks":[{type,command,timeout,onFailure}]}]; the command is one
//          line for sh that ends with 2 for whatever is wrong, a missing program included
// Errors   Error{bad_input} for a file that is no JSON object or has hooks of another shape: it stays
//          as it is; Error{cannot_create} when a hook of ours with other settings stands there
// Source   lexecon-hook(7); the host's hooks reference
#pragma once

#include <string>

#include "base/files.hpp"
#include "command.hpp"

namespace lexecon::cli {

struct ToolHookSettings {
  std::string host;  // claude-code, json
  Path program;      // this one, absolute
  Path node;         // absolute
  std::string origin;
  std::string key;
  std::string project;  // absolute, or empty: the host says which
  std::string actor;
};

/// --project, else the top of the repository around, else the working directory.
[[nodiscard]] Path project_of(const Arguments& given);
/// What the host runs for each tool call.
[[nodiscard]] std::string tool_hook_command(const ToolHookSettings& settings);
/// False when exactly this entry stands there already.
bool add_tool_hook(const Path& file, const std::string& command);
/// How many entries of ours there were; none is left.
int remove_tool_hooks(const Path& file);

}  // namespace lexecon::cli
