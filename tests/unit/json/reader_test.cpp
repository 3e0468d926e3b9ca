#include "json/reader.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "base/error.hpp"
#include "json/json.hpp"
#include "json/node.hpp"
#include "json/parse.hpp"

namespace lexecon {
namespace {

using json::NodeReader;
using json::Reader;

Error caught(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return error;
  }
  FAIL("nothing was thrown");
  return {ErrorCode::internal, ""};
}

TEST_SUITE("json/reader") {
  TEST_CASE("members come out with their types") {
    const Json value = json::parse(
        R"({"text":"x","number":-5,"flag":true,"list":["a","b"],"none":null,"object":{}})");
    Reader reader(value, "/base");
    CHECK(reader.text("text") == "x");
    CHECK(reader.optional_text("text") == "x");
    CHECK_FALSE(reader.optional_text("absent"));
    CHECK_FALSE(reader.optional_text("none"));
    CHECK(reader.integer("number", -5, 5) == -5);
    CHECK(reader.optional_integer("number", -5, 5) == -5);
    CHECK_FALSE(reader.optional_integer("absent", 0, 1));
    CHECK_FALSE(reader.optional_integer("none", 0, 1));
    CHECK(reader.boolean("flag"));
    CHECK(reader.texts("list") == std::vector<std::string>{"a", "b"});
    CHECK(reader.texts("absent").empty());
    CHECK(reader.optional_member("none")->is_null());
    CHECK(reader.optional_member("absent") == nullptr);
    CHECK(reader.member("object").is_object());
    CHECK(reader.has("none"));
    CHECK_FALSE(reader.has("absent"));
    CHECK(reader.pointer("a/b~c") == "/base/a~1b~0c");
    CHECK_NOTHROW(reader.finish());
  }

  TEST_CASE("every wrong type is refused, with the pointer of the value") {
    const std::vector<std::string> values = {"null", "true", "5", "1.5", "\"x\"", "[]", "{}"};
    struct Row {
      std::string right;
      std::function<void(Reader&)> read;
    };
    const std::vector<Row> rows = {{"\"x\"", [](Reader& r) { (void)r.text("m"); }},
                                   {"5", [](Reader& r) { (void)r.integer("m", 0, 9); }},
                                   {"true", [](Reader& r) { (void)r.boolean("m"); }},
                                   {"[]", [](Reader& r) { (void)r.texts("m"); }},
                                   {"\"x\"", [](Reader& r) { (void)r.optional_text("m"); }},
                                   {"5", [](Reader& r) { (void)r.optional_integer("m", 0, 9); }}};
    int refused = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const auto& text : values) {
        CAPTURE(text);
        const Json value = json::parse("{\"m\":" + text + "}");
        Reader reader(value, "/p");
        const bool optional_null = i >= 4 && text == "null";
        if (text == rows[i].right || optional_null) {
          CHECK_NOTHROW(rows[i].read(reader));
          continue;
        }
        const Error error = caught([&] { rows[i].read(reader); });
        CHECK(error.where() == "/p/m");
        CHECK(std::string(error.what()).starts_with("expected "));
        ++refused;
      }
    }
    CHECK(refused == 34);
  }

  TEST_CASE("ranges are closed and nothing wraps") {
    const Json value = {{"low", -1}, {"high", 10}, {"huge", UINT64_MAX}, {"items", {"a", 1}}};
    Reader reader(value);
    CHECK(caught([&] { (void)reader.integer("low", 0, 9); }).where() == "/low");
    CHECK(caught([&] { (void)reader.integer("high", 0, 9); }).where() == "/high");
    CHECK(reader.integer("high", 10, 10) == 10);
    CHECK(caught([&] { (void)reader.integer("huge", INT64_MIN, INT64_MAX); }).where() == "/huge");
    CHECK(caught([&] { (void)reader.texts("items"); }).where() == "/items/1");
  }

  TEST_CASE("a missing member, an unknown one and a value that is no object are refused") {
    const Json value = json::parse(R"({"action":"x","resorce":"y"})");
    Reader reader(value, "/request");
    CHECK(caught([&] { (void)reader.text("actor"); }).where() == "/request/actor");
    CHECK(reader.text("action") == "x");
    CHECK_FALSE(reader.optional_text("resource"));
    const Error unknown = caught([&] { reader.finish(); });
    CHECK(unknown.where() == "/request/resorce");
    CHECK(unknown.hint() == "did you mean `resource`?");
    for (const auto* text : {"[]", "null", "1", "\"x\""}) {
      const Json other = json::parse(text);
      CHECK(caught([&] { Reader(other, "/at"); }).where() == "/at");
    }
  }

  TEST_CASE("user text in a message is made printable") {
    const Json value = json::parse(R"({"a\u001b[31m":1})");
    const Error error = caught([&] { Reader(value).finish(); });
    CHECK(std::string(error.what()) == "unknown member `a\\u{1b}[31m`");
    CHECK(error.where() == "/a\\u{1b}[31m");
  }
}

TEST_SUITE("json/node_reader") {
  TEST_CASE("both spellings of a key load, not both at once") {
    const std::string file = "f";
    const auto one = json::read_document("term_id: x", file);
    NodeReader reader(one, file);
    CHECK(reader.text({"id", "term_id"}) == "x");
    CHECK_NOTHROW(reader.finish());
    const auto both = json::read_document("id: x\nterm_id: y_", file);
    const Error error = caught([&] { (void)NodeReader(both, file).find({"id", "term_id"}); });
    CHECK(error.where() == "f:2:1");
  }

  TEST_CASE("errors name the file, the line and the column") {
    const std::string file = "p.yaml";
    const auto node =
        json::read_document("name: x\nnumber: 12\nlist: [a, b]\nmoed: strict\n", file);
    NodeReader reader(node, file);
    CHECK(reader.as_integer(reader.get({"number"}), "`number`", 0, 12) == 12);
    CHECK(reader.as_list(reader.get({"list"}), "`list`").size() == 2);
    CHECK(reader.find("absent") == nullptr);
    CHECK_FALSE(reader.text({"absent"}));
    CHECK(caught([&] { (void)reader.get({"mode"}); }).where() == "p.yaml:1:1");
    CHECK(caught([&] { (void)reader.text({"number"}); }).where() == "p.yaml:2:9");
    CHECK(caught([&] { (void)reader.as_integer(*reader.find("number"), "n", 0, 11); }).where() ==
          "p.yaml:2:9");
    CHECK(caught([&] { (void)reader.as_integer(*reader.find("name"), "n", 0, 11); }).where() ==
          "p.yaml:1:7");
    CHECK(caught([&] { (void)reader.as_list(*reader.find("name"), "n"); }).where() == "p.yaml:1:7");
    CHECK(caught([&] { NodeReader(*reader.find("list"), file); }).where() == "p.yaml:3:7");
    const Error unknown = caught([&] { reader.finish(); });
    CHECK(unknown.where() == "p.yaml:4:1");
    CHECK(unknown.hint() == "did you mean `mode`?");
  }

  TEST_CASE("null is not a text that is absent") {
    const std::string file = "f";
    const auto node = json::read_document("when: null", file);
    NodeReader reader(node, file);
    CHECK(caught([&] { (void)reader.text({"when"}); }).where() == "f:1:7");
  }
}

}  // namespace
}  // namespace lexecon
