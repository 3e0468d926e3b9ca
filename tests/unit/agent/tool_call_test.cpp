#include "agent/tool_call.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "decision/request.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("agent/tool_call");

namespace lexecon::agent {
namespace {

struct Place {
  test::TempFolder folder;
  Asker asker{.host = "claude-code",
              .actor = "actor:ai_agent:coder",
              .top = std::filesystem::canonical(folder.path())};

  [[nodiscard]] ToolCall call(const std::string& action) const {
    return {.action = action, .tool = "Tool", .call_id = {}, .session = {}, .cwd = asker.top};
  }
};

TEST_CASE("every document is a request that parses to itself") {
  const Place place;
  auto call = place.call("file:read");
  call.call_id = "toolu_1";
  call.session = "5f2c";
  call.path = "src/x";
  call.input = {{"file_path", "src/x"}};
  const auto document = request_document(call, place.asker);
  const auto request = decision::parse_request(document);
  CHECK(request.canonical == document);
  CHECK(request.action == "action:file:read");
  CHECK(request.resource == "resource:file:src/x");
  CHECK(request.tool == "Tool");
  CHECK(request.idempotency_key == "claude-code:toolu_1");
  CHECK(request.trace_id == "5f2c");
  CHECK(document.at("context") == Json({{"host", "claude-code"},
                                        {"cwd", place.asker.top.string()},
                                        {"inside", true},
                                        {"path", (place.asker.top / "src/x").string()}}));
}

TEST_CASE("a file outside says so, and a name that is no UTF-8 stands in the resource alone") {
  const Place place;
  auto call = place.call("file:write");
  call.path = "../x";
  auto document = request_document(call, place.asker);
  CHECK(document.at("context").at("inside") == false);
  CHECK(document.at("resource").get<std::string>().starts_with("resource:file_abs:"));
  std::filesystem::create_symlink("a\xFF", place.folder / "link");
  call.path = "link";
  document = request_document(call, place.asker);
  CHECK(document.at("resource") == "resource:file:a%FF");
  CHECK_FALSE(document.at("context").contains("path"));
}

TEST_CASE("a command that was read has its facts, and one that was not has none") {
  const Place place;
  auto call = place.call("shell:run");
  call.command = "git push 2>log";
  auto context = request_document(call, place.asker).at("context");
  CHECK(context.at("unparsed") == false);
  CHECK(context.at("programs") == Json{"git"});
  CHECK(context.at("commands") == Json::array({Json{"git", "push"}}));
  CHECK(context.at("redirections") == Json{"log"});
  call.command = "git push $x";
  context = request_document(call, place.asker).at("context");
  CHECK(context.at("unparsed") == true);
  CHECK(context.at("command") == "git push $x");
  for (const auto* absent : {"programs", "commands", "redirections"}) {
    CHECK_FALSE(context.contains(absent));
  }
}

TEST_CASE("a fetch names its host, a search the web") {
  const Place place;
  auto call = place.call("net:fetch");
  CHECK(request_document(call, place.asker).at("resource") == "resource:search:web");
  call.url = "https://example.org/x";
  CHECK(request_document(call, place.asker).at("resource") == "resource:host:example.org");
}

TEST_CASE("long strings of the input are kept as their digest") {
  const std::string shortest(16'385, 'x');
  const Json input{{"a", std::string(16'384, 'x')}, {"b", {shortest, 7, nullptr}}};
  const Json digest{{"bytes", 16'385}, {"sha256", crypto::sha256(shortest).hex()}};
  CHECK(kept_input(input) == Json{{"a", std::string(16'384, 'x')}, {"b", {digest, 7, nullptr}}});
}

TEST_CASE("names of tools are actions, one for each") {
  CHECK(action_of_name("mcp__github__create_issue") == "mcp:github/create_issue");
  CHECK(action_of_name("mcp__a__b__c") == "mcp:a/b__c");
  CHECK(action_of_name("TodoWrite") == "tool:TodoWrite");
  CHECK(action_of_name("mcp__a") == "tool:mcp__a");
  CHECK(action_of_name("mcp____a") == "tool:mcp____a");
  CHECK(action_of_name("mcp__a__") == "tool:mcp__a__");
  for (const std::string bad : {"", "a b", "a/b", "\xC3\xA9", "a\n"}) {
    CHECK_THROWS_AS(static_cast<void>(action_of_name(bad)), Error);
  }
  CHECK_THROWS_AS(static_cast<void>(action_of_name(std::string(129, 'a'))), Error);
}

TEST_CASE("an id that no idempotency key can hold is refused") {
  CHECK(idempotency_key("json", "1") == "json:1");
  for (const auto& bad : {std::string("a b"), std::string(124, 'a')}) {
    CHECK_THROWS_AS(static_cast<void>(idempotency_key("json", bad)), Error);
  }
}

}  // namespace
}  // namespace lexecon::agent

TEST_SUITE_END();
