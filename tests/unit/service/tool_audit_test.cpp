#include "service/tool_audit.hpp"

#include "office.hpp"

namespace lexecon {
namespace {

using service::Coverage;
using test::Office;

const agent::ToolUse bash{
    .id = "t1", .tool = "Bash", .input = {{"command", "ls"}, {"timeout", 1.0}}};

void decide(Office& office, const agent::ToolUse& call, const std::string& via,
            const std::string& actor = "ai_agent:coder") {
  static_cast<void>(office.decide({{"actor", actor},
                                   {"action", "shell:run"},
                                   {"tool", call.tool},
                                   {"idempotency_key", "claude-code:" + call.id},
                                   {"parameters", agent::kept_input(call.input)}},
                                  {.via = via}));
}

Coverage of(const Office& office, const agent::ToolUse& call) {
  return service::coverage_of(office.node(), "claude-code", {&call, 1}).front();
}

}  // namespace

TEST_SUITE("service/tool_audit") {
  TEST_CASE("a call is covered by the decision under its id with its tool and input") {
    Office office;
    CHECK(of(office, bash) == Coverage::no_decision);
    decide(office, bash, "hook:claude-code");
    CHECK(of(office, bash) == Coverage::covered);
    for (const auto& [name, value] :
         {std::pair<const char*, Json>{"command", "rm x"}, {"more", true}}) {
      auto other = bash;
      other.input[name] = value;
      CHECK(of(office, other) == Coverage::other_input);
    }
    auto other = bash;
    other.tool = "Other";
    CHECK(of(office, other) == Coverage::other_input);
    other = bash;
    other.id = "t2";
    CHECK(of(office, other) == Coverage::no_decision);
  }

  TEST_CASE("a decision that another way of asking recorded does not count") {
    Office office;
    decide(office, bash, "cli");
    CHECK(of(office, bash) == Coverage::no_decision);
    decide(office, bash, "hook:json", "ai_agent:other");
    CHECK(of(office, bash) == Coverage::no_decision);
    decide(office, bash, "hook:claude-code", "ai_agent:third");
    CHECK(of(office, bash) == Coverage::covered);
  }

  TEST_CASE("long inputs are told apart by their digests, and an id for no key is not covered") {
    Office office;
    agent::ToolUse write{
        .id = "t1", .tool = "Write", .input = {{"content", std::string(50'000, 'x')}}};
    decide(office, write, "hook:claude-code");
    CHECK(of(office, write) == Coverage::covered);
    write.input["content"] = std::string(50'000, 'y');
    CHECK(of(office, write) == Coverage::other_input);
    write.id = "a b";
    CHECK(of(office, write) == Coverage::no_decision);
    const agent::ToolUse nothing{.id = "t3", .tool = "ListTools", .input = Json::object()};
    decide(office, nothing, "hook:claude-code");
    CHECK(of(office, {.id = "t3", .tool = "ListTools", .input = nullptr}) == Coverage::covered);
  }

  TEST_CASE("calls are answered in their order, one id twice as well") {
    Office office;
    decide(office, bash, "hook:claude-code");
    auto other = bash;
    other.input["command"] = "rm x";
    const std::vector<agent::ToolUse> calls{other, {.id = "t9", .tool = "Bash", .input = {}}, bash};
    CHECK(service::coverage_of(office.node(), "claude-code", calls) ==
          std::vector{Coverage::other_input, Coverage::no_decision, Coverage::covered});
    CHECK(service::to_string(Coverage::other_input) == "other_input");
    CHECK(service::to_string(Coverage::covered) == "covered");
  }
}

}  // namespace lexecon
