#include "agent/claude_code.hpp"
#include "agent/hook_request.hpp"
#include "agent/tool_call.hpp"
#include "decision/request.hpp"
#include "fuzz/targets.hpp"

namespace {

const lexecon::agent::Asker asker{
    .host = "claude-code", .actor = "actor:ai_agent:coder", .top = "/not/there"};

void ask(const lexecon::agent::ToolCall& call) {
  using lexecon::fuzz::require;
  const auto request =
      lexecon::decision::parse_request(lexecon::agent::request_document(call, asker));
  require(!call.path || request.resource.has_value(), "a file without a name");
  const auto& context = request.canonical.at("context");
  require(!call.command || context.at("unparsed") == !context.contains("programs"),
          "facts of a command that was not read");
}

}  // namespace

// The first byte says who wrote the rest: a host, any other host, a transcript.
void lexecon::fuzz::hook(std::string_view bytes) {
  const char kind = bytes.empty() ? '\0' : bytes.front();
  const auto rest = bytes.substr(bytes.empty() ? 0 : 1);
  if (kind == 'r') return ask(agent::read_hook_request(rest));
  if (kind == 't') return static_cast<void>(agent::tool_uses(rest, "t:1"));
  if (const auto call = agent::read_event(rest, "/home/me")) ask(*call);
}
