#include "tool_hook.hpp"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <optional>

#include "agent/claude_code.hpp"
#include "agent/hook_request.hpp"
#include "base/real_path.hpp"
#include "base/time.hpp"
#include "decision/request.hpp"
#include "hook_node.hpp"
#include "json/canonical.hpp"
#include "service/tool_ruling.hpp"
#include "supervised.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_input_bytes = std::uint64_t{16} << 20U;
constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::chrono::seconds usual_deadline(5);
constexpr std::int64_t longest_deadline = 600;  // seconds, as long as the hosts themselves wait

std::chrono::seconds deadline_of(const Arguments& given) {
  const auto text = given.text("--deadline");
  if (!text) return usual_deadline;
  const auto span = parse_span(*text);
  if (!span || span->months != 0 || span->micros % micros_per_second != 0 ||
      span->micros > longest_deadline * micros_per_second) {
    throw Error(ErrorCode::usage,
                "expected a span of 1s to 10m as --deadline, seen `" + *text + "`");
  }
  return std::chrono::seconds(span->micros / micros_per_second);
}

Path absolute_option(const Arguments& given, std::string_view name) {
  Path path = installed_option(given, name);
  if (path.is_absolute()) return path;
  throw Error(ErrorCode::usage, "expected an absolute path as " + std::string(name), path.string(),
              "`lexecon hook install` writes it into the hook");
}

std::optional<agent::ToolCall> read_call(const std::string& host) {
  const auto bytes = read_descriptor(STDIN_FILENO, max_input_bytes, "standard input");
  if (host == "json") return agent::read_hook_request(bytes);
  const char* home = std::getenv("HOME");
  return agent::read_event(bytes, home == nullptr ? "" : home);
}

std::string answer_to(const std::string& host, const Arguments& given, Context& context) {
  const auto node = expected_node(given, context);
  const auto call = read_call(host);
  // An event at which no tool waits: there is nothing to say about it.
  if (!call) return "{}";
  const auto request = decision::parse_request(
      agent::request_document(*call, {.host = host,
                                      .actor = hook_actor(given),
                                      .top = real_path(absolute_option(given, "--project"))}));
  const auto ruling = service::rule_on_tool(node, request, host, context.session());
  if (host == "json") return json::canonical(service::to_json(ruling));
  return json::canonical(agent::event_answer(ruling.permission, ruling.reason));
}

}  // namespace

bool is_tool_host(std::string_view hook) { return hook == "claude-code" || hook == "json"; }

bool calls_tool_hook(std::span<char* const> arguments) noexcept {
  constexpr std::array<std::string_view, 2> words{"hook", "run"};
  std::size_t found = 0;
  for (const std::string_view each : arguments) {
    if (found < words.size()) {
      if (each == words.at(found)) ++found;
    } else if (is_tool_host(each)) {
      return true;
    }
  }
  return false;
}

ExitCode run_tool_hook(const Arguments& given, Context& context) {
  end_in_time(deadline_of(given));
  if (given.has("--pointer")) throw Error(ErrorCode::usage, "a host reads the whole answer");
  // SECURITY: named by the hook itself, never by the environment of an agent.
  static_cast<void>(absolute_option(given, "--node"));
  const auto host = given.text("HOOK").value_or("");
  context.print(supervised([&] { return answer_to(host, given, context); }) + "\n");
  return ExitCode::yes;
}

}  // namespace lexecon::cli
