#include "agent/tool_call.hpp"

#include "agent/command_line.hpp"
#include "agent/names.hpp"
#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/real_path.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "crypto/hash.hpp"

namespace lexecon::agent {
namespace {

constexpr std::size_t longest_kept = 16'384;

void add_file(const ToolCall& call, const Asker& asker, Json& document) {
  const auto real = real_path(call.cwd / *call.path);
  document["resource"] = file_resource(real, asker.top);
  auto& context = document["context"];
  context["inside"] = is_inside(real, asker.top);
  if (find_bad_utf8(real.native()) == std::string::npos) context["path"] = real.string();
}

// Where the line could not be read its facts are absent, so that a condition on them is an error, and an
// error never permits.
void add_command(const ToolCall& call, Json& document) {
  auto& context = document["context"];
  context["command"] = *call.command;
  const auto line = read_command_line(*call.command);
  context["unparsed"] = !line.has_value();
  if (!line) return;
  context["programs"] = programs_of(*line);
  context["commands"] = line->commands;
  context["redirections"] = line->redirections;
}

void add_url(const ToolCall& call, Json& document) {
  document["resource"] = call.url ? host_resource(*call.url) : "resource:search:web";
  if (call.url) document["context"]["url"] = *call.url;
}

}  // namespace

Json kept_input(const Json& input) {
  if (input.is_string()) {
    const auto& text = input.get_ref<const std::string&>();
    if (text.size() <= longest_kept) return input;
    return {{"bytes", text.size()}, {"sha256", crypto::sha256(text).hex()}};
  }
  auto out = input;
  if (input.is_structured()) {
    for (auto& each : out) each = kept_input(each);
  }
  return out;
}

std::string idempotency_key(const std::string& host, const std::string& call_id) {
  auto key = host + ":" + call_id;
  if (is_free_identifier(key)) return key;
  throw Error(ErrorCode::bad_input,
              "expected at most " + std::to_string(127 - host.size()) +
                  " letters, digits or `._:@/+-` as the id of a call, found `" +
                  printable(call_id.substr(0, 200)) + "`");
}

std::string action_of_name(const std::string& tool) {
  if (!is_free_identifier(tool) || tool.find('/') != std::string::npos) {
    throw Error(ErrorCode::bad_input,
                "expected 1 to 128 letters, digits or `._:@+-` as the name of a tool, found `" +
                    printable(tool.substr(0, 200)) + "`");
  }
  constexpr std::string_view prefix = "mcp__";
  const auto end = tool.find("__", prefix.size());
  if (tool.starts_with(prefix) && end != std::string::npos && end > prefix.size() &&
      end + 2 < tool.size()) {
    return "mcp:" + tool.substr(prefix.size(), end - prefix.size()) + "/" + tool.substr(end + 2);
  }
  return "tool:" + tool;
}

Json request_document(const ToolCall& call, const Asker& asker) {
  Json document{{"actor", asker.actor},
                {"action", "action:" + call.action},
                {"tool", call.tool},
                {"context", {{"host", asker.host}, {"cwd", call.cwd.string()}}},
                {"parameters", kept_input(call.input)}};
  if (call.call_id) document["idempotency_key"] = idempotency_key(asker.host, *call.call_id);
  if (call.session) document["trace_id"] = *call.session;
  if (call.path) add_file(call, asker, document);
  if (call.command) add_command(call, document);
  if (call.action == "net:fetch") add_url(call, document);
  return document;
}

}  // namespace lexecon::agent
