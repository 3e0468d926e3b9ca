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
