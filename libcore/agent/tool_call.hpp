// A call of a tool by an agent, as its host tells of it before it runs, and as a request for a decision.
//
// Shapes   action:file:read|file:write with the file as resource, action:shell:run with the command's
//          words in the context, action:net:fetch with the host as resource, action:mcp:<server>/<tool>,
//          action:tool:<name>; the whole input is `parameters`, strings over 16 KiB as their digest
// Errors   Error{bad_input}
// Source   lexecon-hook(7)
#pragma once

#include <optional>
#include <string>

#include "base/files.hpp"
#include "json/json.hpp"

namespace lexecon::agent {

struct ToolCall {
  std::string action;  // "file:read"
  std::string tool;    // the host's name of it
  std::optional<std::string> call_id;
  std::optional<std::string> session;
  Path cwd;                                 // absolute
  std::optional<std::string> path = {};     // of file:*
  std::optional<std::string> command = {};  // of shell:run
  std::optional<std::string> url = {};      // of net:fetch, unless it is a search
  Json input = Json::object();
};

/// Who asks, and where what is inside begins.
struct Asker {
  std::string host;   // claude-code, json
  std::string actor;  // with its prefix
  Path top;           // real
};

/// A request document. Looks up where the call's path leads.
[[nodiscard]] Json request_document(const ToolCall& call, const Asker& asker);
/// The key under which a host's call is decided once.
[[nodiscard]] std::string idempotency_key(const std::string& host, const std::string& call_id);
/// The input as it stands in a request: long strings by their digest.
[[nodiscard]] Json kept_input(const Json& input);
/// mcp__server__tool -> mcp:server/tool, any other name -> tool:name.
[[nodiscard]] std::string action_of_name(const std::string& tool);

}  // namespace lexecon::agent
