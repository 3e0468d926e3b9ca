// lexecon hook audit: the tool calls of a transcript that have no decision on record.
#include <set>

#include "agent/claude_code.hpp"
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "json/canonical.hpp"
#include "line_reader.hpp"
#include "output.hpp"
#include "service/tool_audit.hpp"

namespace lexecon::cli {
namespace {

constexpr std::size_t longest_line = std::size_t{64} << 20U;  // a screenshot stands in one line
constexpr std::size_t lines_at_once = 1'000;

struct Transcript {
  std::vector<agent::ToolUse> calls;  // each once, in their order
  std::vector<std::uint64_t> lines;   // where each stands first
};

void add_line(const Line& line, const std::string& name, std::set<std::string>& seen,
              Transcript& out) {
  const auto where = name + ":" + std::to_string(line.number);
  if (line.too_long) throw Error(ErrorCode::bad_input, "expected a line of at most 64 MiB", where);
  if (!line.ended) {
    throw Error(ErrorCode::bad_input, "expected a newline at the end of the last line", where,
                "the transcript was cut, or is still being written");
  }
  for (auto& use : agent::tool_uses(line.text, where)) {
    // A session that is gone on with begins with the lines of the one before.
    const auto identity = json::canonical(Json::array({use.id, use.tool, use.input}));
    if (!seen.insert(identity).second) continue;
    out.lines.push_back(line.number);
    out.calls.push_back(std::move(use));
  }
}

Transcript read_transcript(const std::string& argument) {
  const auto name = argument == "-" ? std::string("standard input") : argument;
  LineReader reader(argument, longest_line);
  std::set<std::string> seen;
  Transcript out;
  for (auto lines = reader.next(lines_at_once, {}); !lines.empty();
       lines = reader.next(lines_at_once, {})) {
    for (const auto& line : lines) add_line(line, name, seen, out);
  }
  return out;
}

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{{"LINE", "TOOL", "CALL", "WHY"}};
  for (const auto& each : document["missing"]) {
    rows.push_back(
        {shown(each, "line"), shown(each, "tool"), shown(each, "call_id"),
         each["reason"] == "other_input" ? "decided with another input" : "no decision"});
  }
  return (rows.size() == 1 ? std::string() : table(rows)) + shown(document, "calls") +
         " tool calls, " + std::to_string(rows.size() - 1) + " without a decision\n";
}

ExitCode run(const Arguments& given, Context& context) {
  const auto argument = given.text("TRANSCRIPT").value_or("");
  const auto node = service::open_node(context.node());
  const auto transcript = read_transcript(argument);
  const auto coverage = service::coverage_of(node, "claude-code", transcript.calls);
  auto missing = Json::array();
  for (std::size_t i = 0; i < coverage.size(); ++i) {
    if (coverage[i] == service::Coverage::covered) continue;
    missing.push_back({{"line", transcript.lines[i]},
                       {"tool", transcript.calls[i].tool},
                       {"call_id", transcript.calls[i].id},
                       {"reason", service::to_string(coverage[i])}});
  }
  const bool all = missing.empty();
  context.answer({{"schema", "lexecon.hook_audit/1"},
                  {"transcript", argument},
                  {"calls", coverage.size()},
                  {"missing", std::move(missing)}},
                 text_of);
  if (coverage.empty()) return ExitCode::nothing_to_check;
  return all ? ExitCode::yes : ExitCode::no;
}

}  // namespace

const Command hook_audit{
    .name = "hook audit",
    .summary = "List the tool calls of a transcript that have no decision",
    .positionals = {{"TRANSCRIPT", "What Claude Code wrote of a session, or - for standard input"}},
    .examples = {"lexecon hook audit /dev/null || test $? = 4"},
    .run = run,
};

}  // namespace lexecon::cli
