#include "json/node.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <chrono>

#include "base/error.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "support/json_values.hpp"

namespace lexecon {
namespace {

using json::Node;
using json::read_document;

Json json_of(std::string_view text) { return json::to_json(read_document(text, "f")); }

struct Refusal {
  std::string where;
  std::string message;
  std::string hint;
};

Refusal refusal(std::string_view text) {
  try {
    (void)read_document(text, "f");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return {error.where(), error.what(), error.hint()};
  }
  return {"accepted", {}, {}};
}

std::string where(std::string_view text) { return refusal(text).where; }

/// What the bombs may cost. An address sanitizer keeps what was freed, and so measures nothing.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::int64_t most_memory = std::int64_t{1} << 30;
#elif defined(__has_feature)
constexpr std::int64_t most_memory = std::int64_t{__has_feature(address_sanitizer) ? 1024 : 64}
                                     << 20;
#else
constexpr std::int64_t most_memory = std::int64_t{64} << 20;
#endif

/// Peak memory of this process in bytes.
std::int64_t peak_memory() {
  rusage usage{};
  REQUIRE(::getrusage(RUSAGE_SELF, &usage) == 0);
  return std::int64_t{usage.ru_maxrss} * 1024;
}

TEST_SUITE("json/node") {
  TEST_CASE("a policy-like file is read with its types") {
    const std::string text = R"(# a comment
---
policy_id: pol_support_v2   # another
version: 2.0.0
share: 2.5
"quoted": 'it''s'
from: 2026-01-01T00:00:00Z
count: -12
big: 1.5e+3
yes_no: [true, false, null, "yes", 'no']
nested:
  - type: permits
    action: "action:read"
  - - deep
    - ["x", {y_key: z}]
block: |
  one
  two
folded: >-
  three
  four
empty: ""
list: []
map: {}
"null": x
)";
    CHECK(json_of(text) == json::parse(R"({"policy_id":"pol_support_v2","version":"2.0.0",
      "share":2.5,"quoted":"it's","from":"2026-01-01T00:00:00Z","count":-12,"big":1500.0,
      "yes_no":[true,false,null,"yes","no"],
      "nested":[{"type":"permits","action":"action:read"},["deep",["x",{"y_key":"z"}]]],
      "block":"one\ntwo\n","folded":"three four","empty":"","list":[],"map":{},"null":"x"})"));
  }

  TEST_CASE("every value and key knows its line and column") {
    const Node root = read_document("# c\na: 1\nb:\n  - x\n  -   y_\n\"c\":\n  d: [1, 2]\n", "f");
    const auto place = [](const json::Mark& mark) {
      return std::to_string(mark.line) + ":" + std::to_string(mark.column);
    };
    CHECK(place(root.mark) == "2:1");
    CHECK(place(root.members[0].mark) == "2:1");
    CHECK(place(root.members[0].value.mark) == "2:4");
    CHECK(place(root.members[1].value.mark) == "4:3");
    CHECK(place(root.members[1].value.items[0].mark) == "4:5");
    CHECK(place(root.members[1].value.items[1].mark) == "5:7");
    CHECK(place(root.members[2].mark) == "6:1");
    CHECK(place(root.members[2].value.members[0].value.items[1].mark) == "7:10");
  }

  TEST_CASE("JSON files have the same places and types") {
    const Node root =
        read_document(" \r\n{\"a\": 1,\n \"b\": [true, 2.0,\n  \"x\"], \"c\": null}", "f");
    CHECK(json::to_json(root) == json::parse(R"({"a":1,"b":[true,2.0,"x"],"c":null})"));
    CHECK(root.mark.line == 2);
    CHECK(root.members[1].mark.line == 3);
    CHECK(root.members[1].mark.column == 2);
    CHECK(root.members[1].value.mark.column == 7);
    CHECK(root.members[1].value.items[1].mark.column == 14);
    CHECK(root.members[1].value.items[2].mark.line == 4);
    CHECK(root.members[1].value.items[2].mark.column == 3);
    CHECK(root.members[2].value.mark.column == 14);
  }

  TEST_CASE("JSON files are as strict as any JSON") {
    for (const auto* text :
         {"{\"a\":1,\"a\":2}", "{\"a\":1} x", "{\"a\":1,}", "{a: 1}", "{\"a\":01}",
          "{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"a\":9007199254740992}", "{\"a\":\"\xFF\"}",
          "{\"a\":1} # c", "{}{}", "{'a': 1}", "{\"a\":NaN}", "{", "{\"a\":\"\x7F\"}"}) {
      CAPTURE(text);
      CHECK(where(text).starts_with("f:1:"));
    }
    CHECK(where("{\"a\":1,\n \"a\":2}") == "f:2:2");
  }

  TEST_CASE("what YAML readers take differently must be quoted") {
    const std::vector<std::string> words = {"yes",
                                            "Yes",
                                            "YES",
                                            "no",
                                            "No",
                                            "NO",
                                            "on",
                                            "On",
                                            "ON",
                                            "off",
                                            "Off",
                                            "OFF",
                                            "y",
                                            "Y",
                                            "n",
                                            "N",
                                            "True",
                                            "TRUE",
                                            "False",
                                            "FALSE",
                                            "Null",
                                            "NULL",
                                            "~",
                                            "<<",
                                            "=",
                                            "010",
                                            "-010",
                                            "00",
                                            "08",
                                            "0o17",
                                            "0x1f",
                                            "0X1F",
                                            "-0x1f",
                                            "0b101",
                                            "1_000",
                                            "1_0.5",
                                            "1,000",
                                            "+1",
                                            "+1.5",
                                            ".5",
                                            "-.5",
                                            "5.",
                                            "1e3",
                                            "1E3",
                                            "1e+3",
                                            "1.5e3",
                                            "12e03",
                                            "1.e+3",
                                            ".inf",
                                            "-.inf",
                                            "+.INF",
                                            ".Inf",
                                            ".nan",
                                            ".NaN",
                                            "12:30",
                                            "12:30:45",
                                            "1:2",
                                            "-190:20:30",
                                            "20:30.15",
                                            "9007199254740992",
                                            "-9007199254740992",
                                            "99999999999999999999",
                                            "1.5e+999",
                                            "0_",
                                            "1__0"};
    CHECK(words.size() >= 60);
    for (const auto& word : words) {
      CAPTURE(word);
      CHECK(where("a: " + word) == "f:1:4");
      CHECK(where("- x\n- " + word + "\n") == "f:2:3");
      if (word != "1,000") CHECK(where("a: [x, " + word + "]") == "f:1:8");
      CHECK(where(word + ": x") == "f:1:1");
      CHECK(refusal("a: " + word).hint == "quote it: \"" + word + "\"");
      CHECK(json_of("a: \"" + word + "\"") == Json{{"a", word}});
      CHECK(json_of("a: '" + word + "'") == Json{{"a", word}});
      CHECK(json_of("\"" + word + "\": x") == Json{{word, "x"}});
    }
  }

  TEST_CASE("what every reader takes for a text needs no quotes") {
    for (const auto* word : {"a",
                             "yes please",
                             "yesno",
                             "nono",
                             "only",
                             "onn",
                             "Nullable",
                             "nullx",
                             "trueish",
                             "~a",
                             "2026-01-01",
                             "2026-01-01T00:00:00Z",
                             "2026-01-01T00:00:00.5+02:00",
                             "1.2.3",
                             "2.0.0",
                             "v1",
                             "1a",
                             "0xzz",
                             "0x1g",
                             "1-2",
                             "-a",
                             "10.0.0.1",
                             "10.0.0.1:80",
                             "actor:ai_agent:*",
                             "12:34:56:78:9a:bc",
                             "e3",
                             "inf",
                             "nan",
                             ".infinite",
                             "1 000",
                             "1/2",
                             "50%",
                             "a=b",
                             "<",
                             ".",
                             "..",
                             "+",
                             "+a",
                             "x,y",
                             "\xC3\xA9t\xC3\xA9",
                             "a#b",
                             "http://x/y",
                             "f(x) == 1",
                             "1e",
                             "1ex",
                             "0b2",
                             "0o8",
                             "12:3x"}) {
      CAPTURE(word);
      const std::string text = word;
      CHECK(json_of("a: " + text) == Json{{"a", text}});
    }
  }

  TEST_CASE("JSON's numbers are numbers where all readers agree") {
    CHECK(json_of("[0, -0, 1, -1, 9007199254740991, -9007199254740991]").dump() ==
          "[0,0,1,-1,9007199254740991,-9007199254740991]");
    CHECK(json_of("[0.5, -0.5, 1.0, 1.5e+3, 1.5E-3, 1.0e-999]").dump() ==
          "[0.5,-0.5,1.0,1500.0,0.0015,0.0]");
    CHECK(read_document("1.0", "f").kind == Node::Kind::number);
    CHECK(read_document("1", "f").kind == Node::Kind::integer);
    CHECK(read_document("null", "f").kind == Node::Kind::null);
    CHECK(read_document("--- null", "f").kind == Node::Kind::null);
  }

  TEST_CASE("a missing value is not null, wherever it is missing") {
    const std::vector<std::pair<std::string, std::string>> rows = {{"a:", "f:1:1"},
                                                                   {"a:\nb: 1", "f:2:1"},
                                                                   {"a:\nnull: 3", "f:2:1"},
                                                                   {"a:\nnullable: 3", "f:2:1"},
                                                                   {"a:\nnull]: 3", "f:2:1"},
                                                                   {"x:\n  a:\nnull: 1", "f:3:1"},
                                                                   {"- a:\n  null: 1", "f:2:3"},
                                                                   {"a: {b: , null: c}", "f:1:8"},
                                                                   {"[a, , null]", "f:1:5"},
                                                                   {"-\n- null", "f:2:1"},
                                                                   {"---\n", "f:2:1"},
                                                                   {"? a\nnull: b", "f:1:1"},
                                                                   {"? null\n: b", "f:1:3"},
                                                                   {"null: 1", "f:1:1"},
                                                                   {"[null: 1]", "f:1:2"},
                                                                   {"x: {null}", "f:1:5"},
                                                                   {"a: # null", "f:1:1"},
                                                                   {": null", "f:1:1"}};
    for (const auto& row : rows) {
      const auto& text = row.first;
      const auto& place = row.second;
      CAPTURE(text);
      CHECK(where(text) == place);
    }
    CHECK(json_of("a: null\nb: [null, null]\nc:\n  - null\n  - null").dump() ==
          R"({"a":null,"b":[null,null],"c":[null,null]})");
    CHECK(json_of("\xC3\xA9: null\r\nb: null\r\n").dump() == "{\"b\":null,\"\xC3\xA9\":null}");
  }

  TEST_CASE("anchors, aliases, tags, merge keys and directives are refused") {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"a: &x 1", "f:1:4"},
        {"a: &x {b: *x}", "f:1:4"},
        {"a: &x [*x]", "f:1:4"},
        {"a: *x", "f:1:4"},
        {"&x a: 1", "f:1:1"},
        {"&x\na: 1", "f:1:1"},
        {"a: &x\nb: 1", "f:1:4"},
        {"a: !t 1", "f:1:4"},
        {"a: ! 1", "f:1:4"},
        {"a: ! 'x'", "f:1:4"},
        {"a: ! |\n  x\n", "f:1:4"},
        {"a: !!str 1", "f:1:4"},
        {"a: !!null null", "f:1:4"},
        {"a: !<tag:yaml.org,2002:str> 1", "f:1:4"},
        {"a: !x [1]", "f:1:4"},
        {"a: ! {b: 1}", "f:1:4"},
        {"!x a: 1", "f:1:1"},
        {"when: !has(request.tool)", "f:1:7"},
        {"a: {x: 1}\nb:\n  <<: {y_: 2}", "f:3:3"},
        {"%YAML 1.1\n---\na: 1", "f:1:1"},
        {"# c\n%TAG ! x:\n---\na: 1", "f:2:1"}};
    for (const auto& row : rows) {
      const auto& text = row.first;
      const auto& place = row.second;
      CAPTURE(text);
      CHECK(where(text) == place);
    }
    CHECK(refusal("when: !has(x)").hint.find("quote") != std::string::npos);
  }

  TEST_CASE("keys are texts that stand once") {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"a: 1\na: 2", "f:2:1"},
        {"a: 1\n\"a\": 2", "f:2:1"},
        {"a: {b: 1, b: 2}", "f:1:11"},
        {"- {a: 1}\n- b: 1\n  b: 2", "f:3:3"},
        {"? [a]\n: b", "f:1:3"},
        {"? {a: b}\n: c", "f:1:3"},
        {"1: a", "f:1:1"},
        {"1.5: a", "f:1:1"},
        {"true: a", "f:1:1"},
        {"[a]: b", "f:1:1"},
        {"a: 1\n'a': 2", "f:2:1"}};
    for (const auto& row : rows) {
      const auto& text = row.first;
      const auto& place = row.second;
      CAPTURE(text);
      CHECK(where(text) == place);
    }
    CHECK(json_of("a: {b: 1}\nc: {b: 1}").size() == 2);
    CHECK(json_of("\"1\": a\n\"true\": b\n\"<<\": c").size() == 3);
  }

  TEST_CASE("a file holds one document and nothing after it") {
    for (const auto* text :
         {"a: 1\n---\nb: 2", "a: 1\n...\nfoo", "a: 1\n---\n", "--- a\n--- b", "a: 1\n...\n---\n",
          "- x\ny_: z", "a: 1\n]", "- a:\nnull", "--- {}\n--- {}", "\"a\" \"b\"", "[1] 2"}) {
      CAPTURE(text);
      CHECK(where(text).starts_with("f:"));
    }
    for (const auto* text : {"", " ", "\n\n", "# only a comment\n", "...", "\t"}) {
      CAPTURE(text);
      CHECK(where(text).starts_with("f:"));
    }
    CHECK(json_of("a: 1\n...\n") == Json{{"a", 1}});
    CHECK(json_of("---\na: 1\n...\n# c\n") == Json{{"a", 1}});
  }

  TEST_CASE("bytes that are no text are refused with their place") {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"\xEF\xBB\xBF"
         "a: 1",
         "f:1:1"},
        {"a: x\xEF\xBB\xBF", "f:1:5"},
        {"a: \"\x01\"", "f:1:5"},
        {"a: 1\nb: \x7F", "f:2:4"},
        {"a: \xC2\x85", "f:1:4"},
        {"a: \xE2\x80\xA8", "f:1:4"},
        {"a: \xE2\x80\xA9", "f:1:4"},
        {"a: b\rc: d", "f:1:5"},
        {"a: \xC3", "f:1:4"},
        {"a: \xED\xA0\x80", "f:1:4"},
        {"a: \xFF", "f:1:4"},
        {"a: \xEF\xBF\xBF", "f:1:4"},
        {"a: \"\\0\"", "f:1:4"},
        {"\"\\0\": a", "f:1:1"},
        {std::string("a: \0", 4), "f:1:4"},
        {std::string("a\0:\0 \0"
                     "1\0",
                     8),
         "f:1:2"},
        {"\xFF\xFE"
         "a",
         "f:1:1"}};
    for (const auto& row : rows) {
      const auto& text = row.first;
      const auto& place = row.second;
      CAPTURE(text);
      CHECK(where(text) == place);
    }
    CHECK(json_of("a: \"\\x1b\\u00e9\\U0001F600\"") == Json{{"a", "\x1B\xC3\xA9\xF0\x9F\x98\x80"}});
    CHECK(where("a: \"\\ud800\"").starts_with("f:1:"));
  }

  TEST_CASE("what is not YAML is refused with its place") {
    for (const auto* text : {"a: b: c",
                             "a: 'x' y",
                             "a: [1, 2",
                             "a: {b: 1",
                             "a: {b: 1}}",
                             "a: \"x",
                             "a: 'x",
                             "a: - b",
                             "a: 1\n b: 2",
                             "a:\n  b: 1\n c: 2",
                             "a:\n  b: 1\n\tc: 2",
                             "a: @x",
                             "a: `x`",
                             "a: %x",
                             "a: |x\n y",
                             "a: \"\\q\"",
                             "- a\nb",
                             "a: [1,,2]",
                             "? a\n? b\n",
                             "a b\nc: d",
                             "]",
                             "}",
                             ","}) {
      CAPTURE(text);
      const Refusal result = refusal(text);
      CHECK(result.where.starts_with("f:"));
      CHECK(result.message.find("yaml-cpp") == std::string::npos);
    }
    CHECK(where("a: 1\nb: [1, 2\nc: 3").starts_with("f:"));
  }

  TEST_CASE("depth has the limit of JSON") {
    const auto flow = [](std::size_t depth) {
      return std::string(depth, '[') + std::string(depth, ']');
    };
    const auto objects = [](std::size_t depth) {
      std::string text;
      for (std::size_t i = 0; i < depth; ++i) text += "{\"a\":";
      return text + "1" + std::string(depth, '}');
    };
    CHECK_NOTHROW((void)read_document(flow(64), "f"));
    CHECK(where(flow(65)) == "f:1:65");
    CHECK_NOTHROW((void)read_document(objects(64), "f"));
    CHECK(where(objects(65)) == "f:1:321");
    std::string blocks;
    for (int i = 0; i < 65; ++i) blocks += "- ";
    CHECK(where(blocks + "x") == "f:1:129");
    CHECK_NOTHROW((void)read_document(blocks.substr(2) + "x", "f"));
    std::string indented;
    for (std::size_t i = 0; i < 65; ++i) indented += std::string(i, ' ') + "a:\n";
    CHECK(where(indented) == "f:65:65");
  }

  TEST_CASE("bombs end early, fast and small") {
    const auto start = std::chrono::steady_clock::now();
    const auto before = peak_memory();
    for (const std::string part : {"[", "{", "[{", "- ", "? ", "\"", "&", "!", "|", "%", ": "}) {
      CAPTURE(part);
      std::string text;
      for (int i = 0; i < 100'000; ++i) text += part;
      CHECK(where(text).starts_with("f:"));
    }
    std::string bomb = "a0: &a0 [x]\n";
    for (int i = 1; i < 30; ++i) {
      const std::string last = "*a" + std::to_string(i - 1);
      bomb +=
          "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + "," + last + "]\n";
    }
    CHECK(where(bomb) == "f:1:5");
    // Invalid input of the kind on which the library's loader of all documents never ends.
    for (const auto* text :
         {"- rule: x\n  desc: \"a\n  b: c\n- macro: y_\n  condition: (a and\n\"\n]\n- list: z\n}",
          "a: 1\n] b\n- c\n: d\n? e\n", "- a\n b: [\n}\n]\n- c", ": : : :\n- - ?\n] } ,",
          "a:\n- b\n  c: d\n-e: {\n"}) {
      CAPTURE(text);
      CHECK(where(text).starts_with("f:"));
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    CHECK(peak_memory() - before < most_memory);
  }

  TEST_CASE("size and number of values have limits") {
    CHECK(refusal(std::string((16U << 20U) + 1, ' ')).message == "expected at most 16 MiB");
    std::string many = "{\"a\":[";
    many.reserve(4'000'100);
    for (int i = 0; i < 2'000'000; ++i) many += "1,";
    CHECK(refusal(many + "1]}").message == "expected at most 2000000 values");
  }

  TEST_CASE("random JSON reads alike as YAML, whose flow style it is") {
    test::Random random(9);
    int compared = 0;
    for (int i = 0; i < 2'000; ++i) {
      const Json value = test::random_json(random, 3);
      const std::string text = "[" + value.dump(-1, ' ', true) + "]";
      if (text.find("\\u0000") != std::string::npos) continue;
      Json read;
      try {
        read = json_of(text);
      } catch (const Error&) {
        continue;  // numbers such as 1e-300 must be quoted, surrogate pairs are JSON's own
      }
      REQUIRE(read == Json::array({value}));
      ++compared;
    }
    CHECK(compared > 300);
  }

  TEST_CASE("no mutation of a document does more than throw an Error") {
    test::Random random(10);
    const std::string base =
        "id: pol_x_v1\nterms:\n  - id: actor:a\n    type: actor\n    member_of: [\"b\", 'c']\n"
        "text: |\n  one\n  two\nmap: {a: 1, b: [null, true]}\n";
    int accepted = 0;
    for (int i = 0; i < 5'000; ++i) {
      std::string text = test::mutated(random, base);
      for (auto more = random.between(0, 3); more > 0; --more) text = test::mutated(random, text);
      try {
        (void)read_document(text, "f");
        ++accepted;
      } catch (const Error& error) {
        REQUIRE(error.code() == ErrorCode::bad_input);
        REQUIRE(error.where().starts_with("f:"));
      }
    }
    CHECK(accepted > 100);
    CHECK(accepted < 4'900);
  }
}

}  // namespace
}  // namespace lexecon
