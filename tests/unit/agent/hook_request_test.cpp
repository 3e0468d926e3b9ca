#include "agent/hook_request.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "json/canonical.hpp"

TEST_SUITE_BEGIN("agent/hook_request");

namespace lexecon::agent {
namespace {

Json question(const std::string& action) {
  return {{"schema", "lexecon.hook_request/1"}, {"action", action}, {"tool", "t"}, {"cwd", "/w"}};
}

Json with(Json document, const char* name, const Json& value) {
  document[name] = value;
  return document;
}

ToolCall read(const Json& document) { return read_hook_request(json::canonical(document)); }

TEST_CASE("each kind of action comes with what it is about") {
  CHECK(read(with(question("file:read"), "path", "x")).path == "x");
  CHECK(read(with(question("file:write"), "path", "/x")).path == "/x");
  CHECK(read(with(question("shell:run"), "command", "ls")).command == "ls");
  CHECK(read(with(question("net:fetch"), "url", "https://x")).url == "https://x");
  CHECK(read(question("mcp:a/b")).action == "mcp:a/b");
  const auto call = read(with(with(with(question("tool:x"), "call_id", "1"), "session", "s"),
                              "parameters", {{"a", 1}}));
  CHECK(call.call_id == "1");
  CHECK(call.session == "s");
  CHECK(call.input == Json{{"a", 1}});
}

TEST_CASE("anything missing, too much or of another kind is refused") {
  const auto good = with(question("file:read"), "path", "x");
  for (const auto& bad : {
           question("file:read"),
           question("shell:run"),
           question("net:fetch"),
           question("git:push"),
           question("file:delete"),
           question(""),
           with(good, "command", "ls"),
           with(good, "url", "https://x"),
           with(question("tool:x"), "path", "x"),
           with(good, "path", ""),
           with(good, "path", 7),
           with(good, "cwd", "w"),
           with(good, "parameters", 7),
           with(good, "schema", "lexecon.hook_request/2"),
           with(good, "hook", "x"),
       }) {
    CAPTURE(json::canonical(bad));
    CHECK_THROWS_AS(static_cast<void>(read(bad)), Error);
  }
  for (const auto* name : {"schema", "action", "tool", "cwd"}) {
    auto bad = good;
    bad.erase(name);
    CHECK_THROWS_AS(static_cast<void>(read(bad)), Error);
  }
}

}  // namespace
}  // namespace lexecon::agent

TEST_SUITE_END();
