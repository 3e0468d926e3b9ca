#include "report/template.hpp"

#include <doctest/doctest.h>

#include <map>

#include "base/error.hpp"
#include "json/json.hpp"
#include "report/markup.hpp"

namespace lexecon {
namespace {

using report::Template;

std::string shouted(std::string_view text) { return "<" + std::string(text) + ">"; }

std::string filled(const std::string& text, const Json& value) {
  return report::fill({"t", text}, value, shouted);
}

report::Partials parts(const std::map<std::string, std::string>& texts) {
  return [texts](const std::string& name) -> std::optional<std::string> {
    const auto found = texts.find(name);
    if (found == texts.end()) return std::nullopt;
    return found->second;
  };
}

std::string whole_text(const std::string& text, const std::map<std::string, std::string>& texts) {
  return report::whole({"t", text}, parts(texts)).text;
}

TEST_SUITE_BEGIN("report/template");

TEST_CASE("a value fills the tags of a template") {
  const Json value = {{"a", "x"},
                      {"list", Json::array({{{"b", 1}}, {{"b", 2}}})},
                      {"none", nullptr},
                      {"inner", {{"c", "y"}}}};
  CHECK(filled("{{a}}", value) == "<x>");
  CHECK(filled("{{#list}}{{b}}{{a}};{{/list}}", value) == "<1><x>;<2><x>;");
  CHECK(filled("{{inner.c}}{{none.anything}}", value) == "<y>");
  CHECK(filled("{{#none}}no{{/none}}{{^none}}yes{{/none}}", value) == "yes");
}

TEST_CASE("three braces are as two, and what stands in a value is no template") {
  const Json value = {{"a", "{{b}}{{{b}}}{{>p}}{{=<% %>=}}"}, {"b", "secret"}};
  const auto* escaped = "<{{b}}{{{b}}}{{>p}}{{=<% %>=}}>";
  CHECK(filled("{{a}}", value) == escaped);
  CHECK(filled("{{{a}}}", value) == escaped);
  CHECK(filled("{{&a}}", value) == escaped);
}

TEST_CASE("markup of this program stands as it is") {
  CHECK(filled("{{a}}", {{"a", report::markup("<b>")}}) == "<b>");
}

TEST_CASE("a name that the value does not have is an error, never an empty place") {
  CHECK_THROWS_AS(filled("{{titel}}", {{"title", "x"}}), Error);
  CHECK_THROWS_AS(filled("{{#rosw}}{{/rosw}}", {{"rows", Json::array()}}), Error);
  CHECK_THROWS_AS(filled("{{a.b}}", {{"a", Json::object()}}), Error);
}

TEST_CASE("a template that is none is refused") {
  CHECK_THROWS_AS(filled("{{#a}}", {{"a", true}}), Error);
  CHECK_THROWS_AS(filled("{{#a}}{{/b}}", {{"a", true}, {"b", true}}), Error);
  CHECK_THROWS_AS(whole_text("{{a", {}), Error);
  CHECK_THROWS_AS(whole_text("{{=<% %>=}}<%a%>", {}), Error);
  CHECK_THROWS_AS(whole_text("{{ = | | = }}", {}), Error);
}

TEST_CASE("templates are put into templates, and leave no line of their own") {
  CHECK(whole_text("1\n{{>p}}\n3\n", {{"p", "2\n"}}) == "1\n2\n3\n");
  CHECK(whole_text("{{> p }}", {{"p", "a{{>q}}c"}, {"q", "b"}}) == "abc");
  CHECK_THROWS_AS(whole_text("{{>missing}}", {}), Error);
  const auto rows = whole_text("a\n  {{#x}}\n\nb\n  {{/x}}\n{{^x}}\nc\n{{/x}}\nd\n", {});
  CHECK(filled(rows, {{"x", true}}) == "a\n\nb\nd\n");
  CHECK(filled(rows, {{"x", false}}) == "a\nc\nd\n");
  CHECK(filled(whole_text("{{#x}}{{/x}}\n{{! said }}\n{{x}}\n", {}), {{"x", "y"}}) == "\n<y>\n");
  CHECK_THROWS_AS(whole_text("{{>p}}", {{"p", "{{>q}}"}, {"q", "{{>p}}"}}), Error);
}

TEST_CASE("neither depth nor length of a template is without end") {
  std::string deep;
  for (int level = 0; level < 100'000; ++level) deep += "{{#a}}";
  CHECK_THROWS_AS(whole_text(deep, {}), Error);
  CHECK_THROWS_AS(whole_text(std::string(5'000'000, 'x'), {}), Error);
}

TEST_SUITE_END();

}  // namespace
}  // namespace lexecon
