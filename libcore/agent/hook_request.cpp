#include "agent/hook_request.hpp"

#include "base/error.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"

namespace lexecon::agent {
namespace {

[[noreturn]] void refuse(const std::string& message, const std::string& pointer) {
  throw Error(ErrorCode::bad_input, message, pointer, "lexecon-hook(7) has the form");
}

bool is_action(std::string_view action) {
  for (const auto* exact : {"file:read", "file:write", "shell:run", "net:fetch"}) {
    if (action == exact) return true;
  }
  return action.starts_with("mcp:") || action.starts_with("tool:");
}

void require_member(bool wanted, bool given, const std::string& name, const std::string& action) {
  if (wanted && !given) refuse("expected `" + name + "` beside " + action, "/" + name);
  if (!wanted && given) refuse("expected no `" + name + "` beside " + action, "/" + name);
}

void check(const ToolCall& call) {
  if (!is_action(call.action)) {
    refuse("expected file:read, file:write, shell:run, net:fetch, mcp:… or tool:… as the action",
           "/action");
  }
  require_member(call.action.starts_with("file:"), call.path.has_value(), "path", call.action);
  require_member(call.action == "shell:run", call.command.has_value(), "command", call.action);
  require_member(call.action == "net:fetch", call.url.has_value(), "url", call.action);
  if (!call.cwd.is_absolute()) refuse("expected an absolute path", "/cwd");
  if (call.path && call.path->empty()) refuse("expected a path", "/path");
  if (!call.input.is_object()) refuse("expected an object", "/parameters");
}

}  // namespace

ToolCall read_hook_request(std::string_view bytes) {
  const auto document = json::parse(bytes, "standard input");
  json::Reader reader(document);
  if (reader.text("schema") != "lexecon.hook_request/1") {
    refuse("expected lexecon.hook_request/1", "/schema");
  }
  ToolCall call;
  call.action = reader.text("action");
  call.tool = reader.text("tool");
  call.cwd = reader.text("cwd");
  call.call_id = reader.optional_text("call_id");
  call.session = reader.optional_text("session");
  call.path = reader.optional_text("path");
  call.command = reader.optional_text("command");
  call.url = reader.optional_text("url");
  if (const auto* parameters = reader.optional_member("parameters")) call.input = *parameters;
  reader.finish();
  check(call);
  return call;
}

}  // namespace lexecon::agent
