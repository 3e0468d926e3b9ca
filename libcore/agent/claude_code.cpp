#include "agent/claude_code.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"

namespace lexecon::agent {
namespace {

/// Tools whose input names what they touch. Any other is an action of its own.
struct KnownTool {
  std::string_view name;
  std::string_view action;
  const char* member;  // of the input
  bool optional = false;
};
constexpr std::array<KnownTool, 12> known_tools{{
    {"Bash", "shell:run", "command"},
    {"Edit", "file:write", "file_path"},
    {"Glob", "file:read", "path", true},
    {"Grep", "file:read", "path", true},
    {"LS", "file:read", "path", true},
    {"MultiEdit", "file:write", "file_path"},
    {"NotebookEdit", "file:write", "notebook_path"},
    {"NotebookRead", "file:read", "notebook_path"},
    {"Read", "file:read", "file_path"},
    {"WebFetch", "net:fetch", "url"},
    {"WebSearch", "net:fetch", "query"},
    {"Write", "file:write", "file_path"},
}};

/// Events at which no tool waits for an answer, although they name one.
constexpr std::array<std::string_view, 5> after_the_fact{
    "PermissionDenied", "PermissionRequest", "PostToolBatch", "PostToolUse", "PostToolUseFailure"};

std::optional<std::string> text_in(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (!found->is_string()) {
    throw Error(ErrorCode::bad_input, "expected a string", "/" + json::pointer_token(name));
  }
  return found->get<std::string>();
}

std::string required(const Json& object, const char* name) {
  if (auto text = text_in(object, name)) return *text;
  throw Error(ErrorCode::bad_input, "expected a member `" + std::string(name) + "`", "/");
}

/// What the host cuts off from both ends of a path.
bool is_white(char32_t point) {
  constexpr std::array<char32_t, 10> others{0x20,   0xA0,   0x1680, 0x2028, 0x2029,
                                            0x202F, 0x205F, 0x3000, 0xFEFF, 0x85};
  return (point >= 0x09 && point <= 0x0D) || (point >= 0x2000 && point <= 0x200A) ||
         std::find(others.begin(), others.end(), point) != others.end();
}

bool has_white_end(std::string_view path) {
  char32_t last = 0;
  bool first = true;
  for (std::size_t at = 0; at < path.size();) {
    const auto next = utf8_at(path, at);
    if (!next || (first && is_white(next->point))) return true;
    first = false;
    last = next->point;
    at += next->length;
  }
  return is_white(last);
}

/// SECURITY: the path that the host will open, or none: it takes `~` for the home folder and cuts off
/// white space, so that a name with either means another file here than there.
std::string path_as_host(const std::string& path, const Path& home) {
  if (path.empty() || has_white_end(path)) {
    throw Error(ErrorCode::bad_input, "expected a path without white space at its ends",
                printable(path));
  }
  if (path != "~" && !path.starts_with("~/")) return path;
  if (!home.is_absolute()) {
    throw Error(ErrorCode::bad_input, "there is no home folder for `~`", printable(path));
  }
  return home.string() + path.substr(1);
}

/// The folder below which a glob finds all it finds; the root where its text does not say.
std::string place_of_glob(const std::string& folder, const std::string& pattern) {
  const auto special = std::min(pattern.find_first_of("*?[]{}!()"), pattern.size());
  const auto rest = std::string_view(pattern).substr(special);
  const bool unclear = pattern.starts_with('~') || pattern.find('\\') != std::string::npos ||
                       rest.find("..") != std::string_view::npos ||
                       rest.find("{/") != std::string_view::npos ||
                       rest.find(",/") != std::string_view::npos;
  if (unclear) return "/";
  auto plain = pattern;
  if (special < pattern.size()) {
    const auto slash = pattern.rfind('/', special);
    plain = slash == std::string::npos ? "" : pattern.substr(0, slash + 1);
  }
  return plain.empty() ? folder : (Path(folder) / plain).string();
}

void take_known(const KnownTool& known, const Path& home, ToolCall& call) {
  call.action = known.action;
  auto value =
      known.optional ? text_in(call.input, known.member) : required(call.input, known.member);
  if (call.action == "shell:run") call.command = std::move(value);
  if (call.tool == "WebFetch") call.url = std::move(value);
  if (!call.action.starts_with("file:")) return;
  call.path = value ? path_as_host(*value, home) : call.cwd.string();
  if (call.tool == "Glob") call.path = place_of_glob(*call.path, required(call.input, "pattern"));
}

ToolCall read_call(const Json& event, const Path& home) {
  ToolCall call;
  call.tool = required(event, "tool_name");
  call.action = action_of_name(call.tool);
  call.call_id = text_in(event, "tool_use_id");
  call.session = text_in(event, "session_id");
  call.cwd = required(event, "cwd");
  if (!call.cwd.is_absolute()) {
    throw Error(ErrorCode::bad_input, "expected an absolute path", "/cwd");
  }
  const auto input = event.find("tool_input");
  if (input == event.end() || !input->is_object()) {
    throw Error(ErrorCode::bad_input, "expected an object", "/tool_input");
  }
  call.input = *input;
  for (const auto& known : known_tools) {
    if (known.name == call.tool) take_known(known, home, call);
  }
  return call;
}

}  // namespace

std::optional<ToolCall> read_event(std::string_view bytes, const Path& home) {
  const auto event = json::parse(bytes, "standard input");
  if (!event.is_object()) throw Error(ErrorCode::bad_input, "expected an object", "/");
  const auto name = required(event, "hook_event_name");
  if (name == "PreToolUse") return read_call(event, home);
  const bool known =
      std::find(after_the_fact.begin(), after_the_fact.end(), name) != after_the_fact.end();
  // SECURITY: an event that names a tool and is not known may be one at which the tool waits.
  if (!known && event.contains("tool_name")) {
    throw Error(ErrorCode::bad_input,
                "expected the event PreToolUse, found `" + printable(name) + "`",
                "/hook_event_name");
  }
  return std::nullopt;
}

std::string_view to_string(Permission permission) {
  switch (permission) {
    case Permission::allow:
      return "allow";
    case Permission::deny:
      return "deny";
    case Permission::ask:
      return "ask";
  }
  return "deny";
}

Json event_answer(Permission permission, const std::string& reason) {
  return {{"hookSpecificOutput",
           {{"hookEventName", "PreToolUse"},
            {"permissionDecision", to_string(permission)},
            {"permissionDecisionReason", reason}}}};
}

std::vector<ToolUse> tool_uses(std::string_view line, const std::string& where) {
  const auto entry = json::parse(line, where);
  if (!entry.is_object()) throw Error(ErrorCode::bad_input, "expected an object", where);
  std::vector<ToolUse> out;
  const auto message = entry.find("message");
  if (entry.value("type", Json()) != "assistant" || message == entry.end()) return out;
  const auto content = message->is_object() ? message->find("content") : message->end();
  if (content == message->end() || !content->is_array()) return out;
  for (const auto& block : *content) {
    if (!block.is_object() || block.value("type", Json()) != "tool_use") continue;
    try {
      out.push_back({required(block, "id"), required(block, "name"), block.value("input", Json())});
    } catch (const Error& error) {
      throw Error(error.code(), "a tool call without its " + error.message(), where);
    }
  }
  return out;
}

}  // namespace lexecon::agent
