#include "decision/active_set.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "policy/graph.hpp"

TEST_SUITE_BEGIN("decision/active_set");

namespace lexecon::decision {
namespace {

const SetFile node{"node.yaml", "id: farm\n"};
const SetFile risk{"risk.yaml", "{}\n"};

Error error_of(const std::vector<SetFile>& files) {
  try {
    static_cast<void>(load_set(files));
  } catch (const Error& error) {
    return error;
  }
  FAIL("the set loads");
  return {ErrorCode::internal, ""};
}

TEST_CASE("a set's hash is over names and exact bytes, by name") {
  const std::vector<SetFile> files{
      risk, {"policies/b.yaml", "{}"}, node, {"policies/a.json", "{\n}"}};
  const auto set = load_set(files);
  const auto line = [](const char* name, const char* bytes) {
    return std::string(R"({"name":")") + name + R"(","sha256":")" + crypto::sha256(bytes).hex() +
           "\"}";
  };
  CHECK(set.policy_hash ==
        crypto::sha256(R"({"construction":"lexecon-policy-set/1","files":[)" +
                       line("node.yaml", "id: farm\n") + "," + line("policies/a.json", "{\n}") +
                       "," + line("policies/b.yaml", "{}") + "," + line("risk.yaml", "{}\n") +
                       "]}"));
  CHECK(set.files.size() == 4);
  CHECK(set.files.front().name == "node.yaml");
  CHECK(set_hash(digests(files)) == set.policy_hash);
  CHECK(set.policies.graph().files.size() == 2);
  CHECK(set.node.id == "farm");
}

TEST_CASE("one changed byte, or a changed name, changes the hash") {
  const auto hash = [](const std::vector<SetFile>& files) { return load_set(files).policy_hash; };
  const auto first = hash({node, risk, {"policies/a.yaml", "{}"}});
  CHECK(first != hash({node, risk, {"policies/a.yaml", "{} "}}));
  CHECK(first != hash({node, risk, {"policies/b.yaml", "{}"}}));
  CHECK(first != hash({node, {"risk.yaml", "{} "}, {"policies/a.yaml", "{}"}}));
}

TEST_CASE("names that are not of a set are refused") {
  for (const auto* name :
       {"policies/a.txt", "policies/.a.yaml", "policies/sub/a.yaml", "policies/", "a.yaml",
        "policies/a b.yaml", "../node.yaml", "keys/ledger.key", "policies/-a.yaml", "Node.yaml"}) {
    CAPTURE(name);
    CHECK(error_of({node, risk, {name, "{}"}}).where() == name);
  }
  const auto longest = "policies/" + std::string(95, 'a') + ".yaml";
  CHECK_NOTHROW(static_cast<void>(load_set(std::vector<SetFile>{node, risk, {longest, "{}"}})));
  CHECK(error_of({node, risk, {"policies/a" + longest.substr(9), "{}"}}).code() ==
        ErrorCode::bad_input);
}

TEST_CASE("names are unique without case, and node.yaml and risk.yaml are needed") {
  CHECK(error_of({node, risk, {"policies/a.yaml", "{}"}, {"policies/A.yaml", "{}"}}).where() ==
        "policies/A.yaml");
  CHECK(error_of({node, risk, risk}).where() == "risk.yaml");
  CHECK(error_of({risk}).where() == "node.yaml");
  CHECK(error_of({node}).where() == "risk.yaml");
}

TEST_CASE("at most 256 policies are one set") {
  std::vector<SetFile> files{node, risk};
  for (int i = 0; i < 256; ++i) files.push_back({"policies/" + std::to_string(i) + ".yml", "{}"});
  CHECK_NOTHROW(static_cast<void>(load_set(files)));
  files.push_back({"policies/more.yml", "{}"});
  CHECK(error_of(files).message() == "expected at most 256 policy files, found 257");
}

TEST_CASE("one file that does not load refuses the whole set") {
  CHECK(error_of({node, risk, {"policies/a.yaml", "{}"}, {"policies/b.yaml", "mod: strict"}})
            .where() == "policies/b.yaml:1:1");
  CHECK(error_of({{"node.yaml", "id: A"}, risk}).where() == "node.yaml:1:5");
  CHECK(error_of({node, {"risk.yaml", "factors: [{name: x}]"}}).where() == "risk.yaml:1:11");
}

TEST_CASE("node.yaml says who the node is, four eyes, and how long tokens live") {
  const auto plain = load_node_config("id: a", "node.yaml");
  CHECK(plain.four_eyes == FourEyes::required);
  CHECK(plain.token_life_seconds == 300);
  CHECK_FALSE(plain.token_audience.has_value());
  CHECK(plain.on_escalation == OnEscalation::deny);
  CHECK(load_node_config("id: a\nhooks: {escalated: ask}", "node.yaml").on_escalation ==
        OnEscalation::ask);
  CHECK(load_node_config("id: a\nhooks: {escalated: deny}", "node.yaml").on_escalation ==
        OnEscalation::deny);
  const auto full = load_node_config(
      "id: build-farm\nroles: {four_eyes: single}\ntokens: {ttl: 24h, audience: \"https://x/\"}\n",
      "node.yaml");
  CHECK(full.id == "build-farm");
  CHECK(full.four_eyes == FourEyes::single);
  CHECK(full.token_life_seconds == 86'400);
  CHECK(full.token_audience == "https://x/");
  CHECK(load_node_config("id: a\nroles: {four_eyes: double}", "node.yaml").four_eyes ==
        FourEyes::required);
  CHECK(load_node_config("id: a\ntokens: {ttl: 1s}", "node.yaml").token_life_seconds == 1);
}

TEST_CASE("node.yaml says how long escalations wait and who answers them") {
  const auto plain = load_node_config("id: a", "node.yaml").escalations;
  constexpr std::int64_t hour = 3'600'000'000;
  CHECK(plain.sla_of(Priority::critical) == Span{0, 2 * hour});
  CHECK(plain.sla_of(Priority::high) == Span{0, 8 * hour});
  CHECK(plain.sla_of(Priority::medium) == Span{0, 24 * hour});
  CHECK(plain.sla_of(Priority::low) == Span{0, 72 * hour});
  CHECK(plain.approval_life == Span{0, 24 * hour});
  CHECK(plain.paths.empty());
  const auto full =
      load_node_config(
          "id: a\nescalations:\n  sla: {high: 2h, low: 1y}\n  approval_ttl: 1mo\n"
          "  paths:\n    - {level: unknown, actions: [action:git:push], roles: [admin]}\n"
          "    - {roles: [compliance_officer]}\n",
          "node.yaml")
          .escalations;
  CHECK(full.sla_of(Priority::high) == Span{0, 2 * hour});
  CHECK(full.sla_of(Priority::low) == Span{12, 0});
  CHECK(full.approval_life == Span{1, 0});
  REQUIRE(full.paths.size() == 2);
  CHECK(full.paths[0].level == risk::Level::unknown);
  CHECK(full.paths[0].actions == std::vector<std::string>{"action:git:push"});
  CHECK(full.paths[0].roles == std::vector<Answerer>{Answerer::admin});
  CHECK(full.paths[1].actions.empty());
  CHECK(full.paths[1].roles == std::vector<Answerer>{Answerer::compliance_officer});
}

TEST_CASE("a span by the calendar is held against another as it is at worst") {
  const auto fits = [](const char* shorter, const char* longer) {
    return never_longer(parse_span(shorter).value(), parse_span(longer).value());
  };
  CHECK(fits("2h", "2h"));
  CHECK_FALSE(fits("121m", "2h"));
  CHECK(fits("1y", "12mo"));
  CHECK_FALSE(fits("2mo", "1mo"));
  CHECK(fits("28d", "1mo"));
  CHECK_FALSE(fits("29d", "1mo"));
  CHECK(fits("1mo", "31d"));
  CHECK_FALSE(fits("1mo", "30d"));
}

TEST_CASE("a slip in the settings of escalations is named") {
  const auto hint = [](const std::string& escalations) {
    try {
      static_cast<void>(load_node_config("id: a\nescalations: " + escalations, "node.yaml"));
    } catch (const Error& error) {
      return error.hint();
    }
    return std::string();
  };
  CHECK(hint("{slas: {}}") == "did you mean `sla`?");
  CHECK(hint("{sla: {hihg: 1h}}") == "did you mean `high`?");
  CHECK(hint("{paths: [{roles: [admn]}]}") == "did you mean `admin`?");
  CHECK(hint("{paths: [{level: hgh, roles: [admin]}]}") == "did you mean `high`?");
}

TEST_CASE("a bad node.yaml is refused with its place") {
  struct Row {
    const char* bytes;
    const char* where;
  };
  for (const auto& row : {
           Row{"{}", "node.yaml:1:1"},
           Row{"id: -a", "node.yaml:1:5"},
           Row{"id: 7", "node.yaml:1:5"},
           Row{"id: a\nname: b", "node.yaml:2:1"},
           Row{"id: a\nroles: {four_eyes: none}", "node.yaml:2:20"},
           Row{"id: a\nroles: {foureyes: single}", "node.yaml:2:9"},
           Row{"id: a\nroles: []", "node.yaml:2:8"},
           Row{"id: a\nhooks: {escalated: allow}", "node.yaml:2:20"},
           Row{"id: a\nhooks: {ask: true}", "node.yaml:2:9"},
           Row{"id: a\ntokens: {ttl: 25h}", "node.yaml:2:15"},
           Row{"id: a\ntokens: {ttl: 1mo}", "node.yaml:2:15"},
           Row{"id: a\ntokens: {ttl: 300}", "node.yaml:2:15"},
           Row{"id: a\ntokens: {ttl: 0s}", "node.yaml:2:15"},
           Row{"id: a\ntokens: {audience: \"a b\"}", "node.yaml:2:20"},
           Row{"id: a\nescalations: []", "node.yaml:2:14"},
           Row{"id: a\nescalations: {sla: {high: 8}}", "node.yaml:2:27"},
           Row{"id: a\nescalations: {sla: {high: 59s}}", "node.yaml:2:27"},
           Row{"id: a\nescalations: {sla: {low: 366d}}", "node.yaml:2:26"},
           Row{"id: a\nescalations: {sla: {low: 13mo}}", "node.yaml:2:26"},
           Row{"id: a\nescalations: {sla: {high: 25h}}", "node.yaml:2:27"},
           Row{"id: a\nescalations: {sla: {low: 1h}}", "node.yaml:2:20"},
           Row{"id: a\nescalations: {sla: {urgent: 1h}}", "node.yaml:2:21"},
           Row{"id: a\nescalations: {approval_ttl: 0s}", "node.yaml:2:29"},
           Row{"id: a\nescalations: {paths: {}}", "node.yaml:2:22"},
           Row{"id: a\nescalations: {paths: [{level: high}]}", "node.yaml:2:23"},
           Row{"id: a\nescalations: {paths: [{roles: []}]}", "node.yaml:2:31"},
           Row{"id: a\nescalations: {paths: [{roles: [auditor]}]}", "node.yaml:2:32"},
           Row{"id: a\nescalations: {paths: [{roles: [admin, admin]}]}", "node.yaml:2:39"},
           Row{"id: a\nescalations: {paths: [{roles: [admin, compliance_officer]}]}",
               "node.yaml:2:39"},
           Row{"id: a\nescalations: {paths: [{level: top, roles: [admin]}]}", "node.yaml:2:31"},
           Row{"id: a\nescalations: {paths: [{actions: [], roles: [admin]}]}", "node.yaml:2:33"},
           Row{"id: a\nescalations: {paths: [{actions: [push], roles: [admin]}]}",
               "node.yaml:2:34"},
           Row{"id: a\nescalations: {paths: [{actions: [\"action:p*\"], roles: [admin]}]}",
               "node.yaml:2:34"},
       }) {
    CAPTURE(row.bytes);
    try {
      static_cast<void>(load_node_config(row.bytes, "node.yaml"));
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::bad_input);
      CHECK(error.where() == row.where);
    }
  }
}

}  // namespace
}  // namespace lexecon::decision

TEST_SUITE_END();
