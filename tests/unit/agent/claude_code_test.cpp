#include "agent/claude_code.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "json/canonical.hpp"

TEST_SUITE_BEGIN("agent/claude_code");

namespace lexecon::agent {
namespace {

Json event(const std::string& tool, const Json& input) {
  return {{"hook_event_name", "PreToolUse"},
          {"session_id", "s"},
          {"transcript_path", "/t.jsonl"},
          {"permission_mode", "default"},
          {"cwd", "/w/app"},
          {"tool_name", tool},
          {"tool_input", input},
          {"tool_use_id", "toolu_1"}};
}

std::optional<ToolCall> read(const Json& event) {
  return read_event(json::canonical(event), "/home/me");
}

ToolCall call(const std::string& tool, const Json& input) {
  return read(event(tool, input)).value();
}

bool is_refused(const std::string& bytes) {
  try {
    static_cast<void>(read_event(bytes, "/home/me"));
  } catch (const Error& error) {
    return error.code() == ErrorCode::bad_input;
  }
  return false;
}

TEST_CASE("each known tool is an action on what its input names") {
  struct Row {
    const char* tool;
    const char* member;
    const char* action;
  };
  for (const auto& row : {
           Row{"Read", "file_path", "file:read"},
           Row{"NotebookRead", "notebook_path", "file:read"},
           Row{"LS", "path", "file:read"},
           Row{"Grep", "path", "file:read"},
           Row{"Write", "file_path", "file:write"},
           Row{"Edit", "file_path", "file:write"},
           Row{"MultiEdit", "file_path", "file:write"},
           Row{"NotebookEdit", "notebook_path", "file:write"},
       }) {
    CAPTURE(row.tool);
    const auto read = call(row.tool, {{row.member, "src/x"}, {"more", 1}});
    CHECK(read.action == row.action);
    CHECK(read.path == "src/x");
    CHECK(read.cwd == "/w/app");
    CHECK(read.call_id == "toolu_1");
    CHECK(read.session == "s");
    CHECK(read.input == Json{{row.member, "src/x"}, {"more", 1}});
  }
  CHECK(call("Bash", {{"command", "ls"}}).command == "ls");
  CHECK(call("Bash", {{"command", "ls"}}).action == "shell:run");
  CHECK(call("WebFetch", {{"url", "https://x.test"}}).url == "https://x.test");
  CHECK_FALSE(call("WebSearch", {{"query", "x"}}).url);
  CHECK(call("WebSearch", {{"query", "x"}}).action == "net:fetch");
  CHECK(call("mcp__github__merge", Json::object()).action == "mcp:github/merge");
  CHECK(call("Task", {{"prompt", "x"}}).action == "tool:Task");
  CHECK(call("read", {{"file_path", "x"}}).action == "tool:read");
}

TEST_CASE("a path is what the host makes of it") {
  CHECK(call("Read", {{"file_path", "~/x"}}).path == "/home/me/x");
  CHECK(call("Read", {{"file_path", "~"}}).path == "/home/me");
  CHECK(call("Read", {{"file_path", "~root/x"}}).path == "~root/x");
  CHECK(call("Grep", {{"pattern", "x"}}).path == "/w/app");
  CHECK(call("LS", {{"path", nullptr}}).path == "/w/app");
  for (const auto* path :
       {"", " /etc/passwd", "x ", "x\n", "\xC2\xA0x", "x\xEF\xBB\xBF", "\xE2\x80\x83"}) {
    CAPTURE(path);
    CHECK(is_refused(json::canonical(event("Read", {{"file_path", path}}))));
  }
  CHECK_THROWS_AS(
      static_cast<void>(read_event(json::canonical(event("Read", {{"file_path", "~/x"}})), "")),
      Error);
}

TEST_CASE("a glob reads the folder that it starts from, or everything") {
  struct Row {
    const char* pattern;
    const char* path;
  };
  for (const auto& row : {
           Row{"*.c", "/w/app"},
           Row{"src/**/*.c", "/w/app/src/"},
           Row{"src/a.c", "/w/app/src/a.c"},
           Row{"../other/*.c", "/w/app/../other/"},
           Row{"/etc/*", "/etc/"},
           Row{"/*", "/"},
           Row{"*/../../*", "/"},
           Row{"{/etc,src}/*", "/"},
           Row{"{src,/etc}/*", "/"},
           Row{"~/*", "/"},
           Row{"\\*", "/"},
       }) {
    CAPTURE(row.pattern);
    CHECK(call("Glob", {{"pattern", row.pattern}}).path == row.path);
  }
  CHECK(call("Glob", {{"pattern", "*"}, {"path", "/usr"}}).path == "/usr");
}

TEST_CASE("an event at which no tool waits is no call") {
  for (const auto* name : {"PostToolUse", "PostToolUseFailure", "PermissionRequest"}) {
    auto after = event("Bash", {{"command", "ls"}});
    after["hook_event_name"] = name;
    CHECK_FALSE(read(after));
  }
  CHECK_FALSE(read({{"hook_event_name", "Stop"}}));
  CHECK_FALSE(read({{"hook_event_name", "Whatever comes"}}));
}

TEST_CASE("what cannot be read is an error, not an answer") {
  const auto good = event("Bash", {{"command", "ls"}});
  for (const auto* name : {"hook_event_name", "cwd", "tool_name", "tool_input"}) {
    auto bad = good;
    bad.erase(name);
    CAPTURE(name);
    CHECK(is_refused(json::canonical(bad)));
    bad[name] = 7;
    CHECK(is_refused(json::canonical(bad)));
  }
  for (const auto& [name, value] : {std::pair<const char*, Json>{"cwd", "app"},
                                    {"hook_event_name", "pre_tool_use"},
                                    {"tool_input", Json::array()},
                                    {"tool_use_id", 7},
                                    {"session_id", true}}) {
    auto bad = good;
    bad[name] = value;
    CAPTURE(name);
    CHECK(is_refused(json::canonical(bad)));
  }
  CHECK(is_refused(json::canonical(event("Bash", Json::object()))));
  CHECK(is_refused(json::canonical(event("Bash", {{"command", {"ls"}}}))));
  CHECK(is_refused(json::canonical(event("Glob", Json::object()))));
  for (const auto* bytes : {"", "[]", "7", "{", "{}", "{\"a\":1,\"a\":2}", "\xFF"}) {
    CAPTURE(bytes);
    CHECK(is_refused(bytes));
  }
}

TEST_CASE("the answer is in the host's words") {
  CHECK(json::canonical(event_answer(Permission::ask, "why")) ==
        R"({"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"ask",)"
        R"("permissionDecisionReason":"why"}})");
  CHECK(to_string(Permission::allow) == "allow");
  CHECK(to_string(Permission::deny) == "deny");
}

TEST_CASE("a transcript's tool calls are those of the assistant") {
  const auto uses =
      tool_uses(R"({"type":"assistant","message":{"content":[{"type":"text","text":"x"},)"
                R"({"type":"tool_use","id":"a","name":"Bash","input":{"command":"ls"}},)"
                R"({"type":"tool_use","id":"b","name":"Task"}]}})",
                "t:1");
  REQUIRE(uses.size() == 2);
  CHECK(uses[0].id == "a");
  CHECK(uses[0].tool == "Bash");
  CHECK(uses[0].input == Json{{"command", "ls"}});
  CHECK(uses[1].input == Json());
  for (const auto* line :
       {R"({"type":"user","message":{"content":[{"type":"tool_use","id":"a","name":"b"}]}})",
        R"({"type":"assistant"})", R"({"type":"assistant","message":"x"})",
        R"({"type":"assistant","message":{"content":"x"}})", R"({"type":7})", "{}"}) {
    CAPTURE(line);
    CHECK(tool_uses(line, "t:1").empty());
  }
  for (const auto* line :
       {"", "[]", "{", R"({"type":"assistant","message":{"content":[{"type":"tool_use"}]}})",
        R"({"type":"assistant","message":{"content":[{"type":"tool_use","id":7,"name":"x"}]}})"}) {
    CAPTURE(line);
    try {
      static_cast<void>(tool_uses(line, "t:1"));
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.where().starts_with("t:1"));
    }
  }
}

}  // namespace
}  // namespace lexecon::agent

TEST_SUITE_END();
