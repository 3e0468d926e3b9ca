#include "policy/format.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "policy/document.hpp"
#include "policy/graph.hpp"
#include "policy/graph_codec.hpp"
#include "policy/layout.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("policy/format");

namespace lexecon::policy {
namespace {

std::string formatted(const std::string& bytes) { return format({"policies/a.yaml", bytes}); }

/// All of a document but the places, so that two layouts of it compare equal.
std::string contents(const std::string& bytes) {
  const SourceFile file{"policies/a.yaml", bytes};
  const auto document = parse_document(file);
  Packer packer;
  pack(packer, load(std::span(&file, 1)).graph());
  auto out = packer.bytes() + document.policy_id.text + document.name + document.version;
  for (const auto& term : document.terms) {
    out += term.name;
    for (const auto& attribute : term.attributes) out += attribute.key + attribute.value.text;
  }
  return out;
}

std::vector<std::string> comments(const std::string& text) {
  std::vector<std::string> out;
  for (auto at = text.find("#c"); at != std::string::npos; at = text.find("#c", at + 1)) {
    out.push_back(text.substr(at, text.find_first_of("\n\r", at) - at));
    while (out.back().ends_with(' ')) out.back().pop_back();
  }
  std::sort(out.begin(), out.end());
  return out;
}

void check_all(const std::string& source) {
  CAPTURE(source);
  const auto once = formatted(source);
  CAPTURE(once);
  CHECK(formatted(once) == once);
  CHECK(contents(once) == contents(source));
  CHECK(comments(once) == comments(source));
}

TEST_CASE("keys come in their documented order under their first spelling") {
  CHECK(formatted(R"(version: '1.10'
relations:
- justification: because
  on_unmet:   deny
  approvals: 2
  condition: two_people
  target: action:execute
  relation_type: requires
  relation_id: trade
terms:
- label: 'Support agent'
  owner: "actor:human:alice"
  term_type: actor
  member_of:
  - actor:ai_agent
  term_id: actor:ai_agent:support
mode: strict
policy_id: pol_a_v1
)") == R"(policy_id: pol_a_v1
version: "1.10"
mode: strict

terms:
  - id: actor:ai_agent:support
    type: actor
    name: Support agent
    member_of: [actor:ai_agent]
    owner: actor:human:alice

relations:
  - id: trade
    type: requires
    action: action:execute
    requirement: two_people
    approvals: 2
    on_unmet: deny
    justification: because
)");
}

TEST_CASE("comments stay with what they are about") {
  CHECK(formatted(R"(# The file.

# Its number.
version: 1.0.0 # as written
policy_id: pol_a_v1   # the id
relations:
# first


  # still first
  - type: permits # a type
    action: action:read
    # who
    subject: "*"
    id: one
    # last of one
# between
  - {id: two, type: forbids, action: action:delete} # in a line
  # - {id: three, type: forbids, action: action:x}
terms:
  - {id: action:read, type: action, # inside
     name: Read}
# the end

# really
)") == R"(# The file.

# Its number.
policy_id: pol_a_v1  # the id
version: 1.0.0  # as written

terms:
  - id: action:read
    type: action  # inside
    name: Read

relations:
  # first

  # still first
  - id: one
    # last of one
    type: permits  # a type
    # who
    subject: "*"
    action: action:read
  # between
  - {id: two, type: forbids, action: action:delete}  # in a line
  # - {id: three, type: forbids, action: action:x}
# the end

# really
)");
}

TEST_CASE("older spellings of a relation become keys of its own, with their comments") {
  CHECK(formatted(R"(relations:
  - id: one
    type: forbids
    source: action:delete # an action
    target: action:delete
    metadata: # of old
      object: resource:vault # what
      justification: no
        way
)") == R"(relations:
  # an action
  # of old
  - id: one
    type: forbids
    action: action:delete
    object: resource:vault  # what
    justification: no way
)");
}

TEST_CASE("texts are quoted where readers would disagree, and only there") {
  check_all("name: '# not a comment'\ndescription: \"it's\"\n");
  CHECK(formatted("name: \"yes\"\n") == "name: \"yes\"\n");
  CHECK(formatted("name: 'plain words'\n") == "name: plain words\n");
  CHECK(formatted("name: 'say \"no\" to it''s'\n") == "name: say \"no\" to it's\n");
  CHECK(formatted("name: 'a: \"b\" it''s'\n") == "name: 'a: \"b\" it''s'\n");
  CHECK(formatted("name: \"tab\\there\"\n") == "name: \"tab\\there\"\n");
  CHECK(formatted("name: 'a: b'\n") == "name: \"a: b\"\n");
  CHECK(formatted("name: 'a #b'\n") == "name: \"a #b\"\n");
  CHECK(formatted("name: ''\n") == "name: \"\"\n");
  CHECK(formatted("version: 1.10\n") == "version: 1.10\n");
}

TEST_CASE("texts of several lines stay readable") {
  CHECK(formatted("name: | # why\n   one # not a comment\n\n    two\nversion: 1\n") ==
        "name: |  # why\n  one # not a comment\n\n   two\nversion: 1\n");
  const std::string words(55, 'a');
  const auto longer = words + " " + words + " " + words;
  CHECK(formatted("name: " + longer + "\n") ==
        "name: >-\n  " + words + " " + words + "\n  " + words + "\n");
}

TEST_CASE("conditions keep every byte of what they say") {
  CHECK(formatted(R"(constraints:
  - action: deny
    when: "context.amount > 5"   # at most
    name: big
relations:
  - when: "has(context.p) && context.p == 'its # x'"
    type: forbids
    action: action:a
    conditions:
      - 'tool == "a"'   # first
      - |
        tool != "b" &&
          tool != "c"
)") == R"(relations:
  - type: forbids
    action: action:a
    when: "has(context.p) && context.p == 'its # x'"
    conditions:
      - tool == "a"  # first
      - |
        tool != "b" &&
          tool != "c"

constraints:
  - name: big
    condition: context.amount > 5  # at most
    action: deny
)");
}

TEST_CASE("a file of JSON stays one") {
  const auto out = format({"policies/a.json",
                           R"({"relations":[{"target":"action:a","type":"forbids"}],"version":1.10,
                               "terms":[{"id":"actor:a","type":"actor","member_of":["actor:b"]}]})"});
  CHECK(out == R"({
  "version": 1.10,
  "terms": [
    {
      "id": "actor:a",
      "type": "actor",
      "member_of": ["actor:b"]
    }
  ],
  "relations": [
    {
      "type": "forbids",
      "action": "action:a"
    }
  ]
}
)");
  CHECK(format({"policies/a.json", out}) == out);
}

TEST_CASE("a file that does not load is refused") {
  CHECK_THROWS_AS((void)formatted("mode: strickt\n"), Error);
  CHECK_THROWS_AS((void)formatted("a: &b c\n"), Error);
}

TEST_CASE("the packs of the program stand in the layout") {
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(test::source_folder() / "policies")) {
    const auto path = entry.path();
    if (path.parent_path().filename() != "policies" || path.extension() != ".yaml") continue;
    if (path.parent_path() == test::source_folder() / "policies") continue;  // classes, no policy
    CAPTURE(path);
    const auto bytes = test::slurp(path);
    CHECK(formatted(bytes) == bytes);
  }
}

/// Files with comments wherever YAML has room for one, and keys in any order.
class Untidy {
 public:
  explicit Untidy(std::uint64_t seed) : random_(seed) {}

  std::string file() {
    lines({{"policy_id: pol_a_v1"},
           {"version: " + text()},
           {"name: " + text()},
           terms(),
           relations()},
          "");
    comment("");
    return std::move(out_);
  }

 private:
  using Block = std::vector<std::string>;

  std::string text() {
    return random_.pick<std::string>(
        {"plain words", "'# quoted'", "\"a \\\"#b\\\" c\"", "'it''s #1'", "a#b", "'x]'", "\"{\""});
  }
  void comment(const std::string& indent) {
    for (int i = 0; random_.chance(25) && i < 3; ++i) {
      if (random_.chance(40)) out_ += "\n";
      const auto more = random_.pick<std::string>({"", "  ", "      "});
      out_ += indent + more + "#c" + std::to_string(++count_) + "\n";
    }
  }
  std::string beside() {
    return random_.chance(20) ? random_.pick<std::string>({" ", "   "}) + "#c" +
                                    std::to_string(++count_) + " it's [a \"note\""
                              : "";
  }
  void lines(std::vector<Block> blocks, const std::string& indent) {
    while (!blocks.empty()) {
      const auto at = static_cast<std::size_t>(
          random_.between(0, static_cast<std::int64_t>(blocks.size()) - 1));
      comment(indent);
      if (random_.chance(20)) out_ += "\n";
      for (std::size_t i = 0; i < blocks[at].size(); ++i) {
        const auto& line = blocks[at][i];
        out_ += (line.starts_with('#') || line.empty() ? "" : indent) + line +
                (line.empty() || line.starts_with('#') ? "" : beside()) + "\n";
      }
      blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
  Block item(std::vector<std::string> keys) {
    if (random_.chance(30)) {
      std::string line = "  - {";
      for (const auto& key : keys) line += (line.ends_with('{') ? "" : ", ") + key;
      return {line + "}"};
    }
    Block out;
    while (!keys.empty()) {
      const auto at =
          static_cast<std::size_t>(random_.between(0, static_cast<std::int64_t>(keys.size()) - 1));
      if (!out.empty() && random_.chance(15)) out.push_back("    #c" + std::to_string(++count_));
      out.push_back((out.empty() ? "  - " : "    ") + keys[at]);
      keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return out;
  }
  Block list(const std::string& key, const std::vector<Block>& items) {
    Block out{key + ":"};
    for (const auto& each : items) {
      if (random_.chance(20)) out.push_back("  #c" + std::to_string(++count_));
      out.insert(out.end(), each.begin(), each.end());
    }
    return out;
  }
  Block terms() {
    return list("terms", {item({"term_id: actor:a", "type: actor", "label: " + text(),
                                "member_of: [actor:b, actor:c]"}),
                          item({"id: data:d", "term_type: data_class", "sensitivity: " + text()})});
  }
  Block relations() {
    return list("relations",
                {item({"id: one", "relation_type: permits", "source: \"*\"", "target: action:x",
                       "justification: " + text(), "object: 'data:d'"}),
                 item({"type: forbids", "source: actor:a", "target: actor:a",
                       "metadata: {object: data:d, justification: " + text() + "}"}),
                 item({"type: requires", "action: \"action:x\"", "condition: two_people",
                       "approvals: 2"})});
  }

  test::Random random_;
  std::string out_;
  int count_ = 0;
};

TEST_CASE("a layout means the same, keeps every comment and is its own layout") {
  for (int round = 0; round < 300 * test::rounds(); ++round) {
    const auto seed = test::first_seed() + static_cast<std::uint64_t>(round);
    CAPTURE(seed);
    check_all(Untidy(seed).file());
  }
}

}  // namespace
}  // namespace lexecon::policy

TEST_SUITE_END();
