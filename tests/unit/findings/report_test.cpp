#include "findings/report.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>

#include "base/utf8.hpp"
#include "json/json.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("findings/report");

namespace lexecon::findings {
namespace {

/// What breaks out of a form that does not escape.
const std::vector<std::string> hostile{
    "plain",
    "a\nb\r\nc",
    "::error::x",
    "\n::set-output name=a::b",
    "100% %0A done",
    "a,line=1:b",
    "]]> <!-- & \" ' </failure></testcase>",
    std::string("nul \0 bell \a esc \x1b[31m del \x7f", 28),
    "\xEF\xBF\xBE \xEF\xBF\xBF \xC2\x85 \xE2\x80\xA8 \xE2\x80\xAE",
    "bad \xFF\xC0\x80\xED\xA0\x80 utf-8",
    "Pr\xC3\xBC"
    "fung \xF0\x9F\x94\x91",
    "a b/../c#d?e%20.yaml",
};

Report report_of(const std::vector<Finding>& findings, bool strict = false) {
  Report report{.tool = "policy lint",
                .version = "1.0.0",
                .rules = {{"LX001", Severity::error, "one"}, {"LX002", Severity::warning, "two"}},
                .checks = {{"a.yaml", "LX001 one", {}}},
                .strict = strict};
  for (const auto& finding : findings) {
    report.checks.push_back({finding.file, finding.rule + " & its title", {finding}});
  }
  return report;
}

Finding finding(const std::string& text, Severity severity = Severity::error) {
  return {.rule = severity == Severity::error ? "LX001" : "LX002",
          .severity = severity,
          .message = "m " + text,
          .hint = "h " + text,
          .file = "f" + text,
          .line = 3,
          .column = 7};
}

/// A reader of the XML that to_junit writes; fails on anything that XML 1.0 does not allow.
class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  /// The names of the elements that were opened, in order.
  std::vector<std::string> read() {
    REQUIRE(text_.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    at_ = text_.find('\n');
    while (at_ < text_.size()) {
      if (text_[at_] == '<') {
        tag();
      } else {
        character("<>\"'");
      }
    }
    CHECK(open_.empty());
    return names_;
  }

 private:
  void character(std::string_view forbidden) {
    const auto read = utf8_at(text_, at_);
    REQUIRE(read.has_value());
    const auto point = read->point;
    REQUIRE((point >= 0x20 || point == '\n'));
    REQUIRE((point != 0xFFFE && point != 0xFFFF));
    if (point < 0x80) REQUIRE(forbidden.find(static_cast<char>(point)) == std::string_view::npos);
    if (point == '&') {
      const auto end = text_.find(';', at_);
      static const std::set<std::string, std::less<>> known{"amp",  "lt", "gt",  "quot",
                                                            "apos", "#9", "#10", "#13"};
      REQUIRE(known.contains(text_.substr(at_ + 1, end - at_ - 1)));
    }
    at_ += read->length;
  }
  void tag() {
    const bool closes = text_.substr(at_, 2) == "</";
    at_ += closes ? 2 : 1;
    const auto end = text_.find_first_of(" />", at_);
    const std::string name(text_.substr(at_, end - at_));
    at_ = end;
    if (closes) {
      REQUIRE(open_.back() == name);
      open_.pop_back();
      REQUIRE(text_[at_] == '>');
      ++at_;
      return;
    }
    names_.push_back(name);
    while (text_[at_] == ' ') attribute();
    if (text_.substr(at_, 2) == "/>") {
      at_ += 2;
      return;
    }
    REQUIRE(text_[at_] == '>');
    ++at_;
    open_.push_back(name);
  }
  void attribute() {
    at_ = text_.find("=\"", at_) + 2;
    while (text_[at_] != '"') character("<\"\n");
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::vector<std::string> names_;
};

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// What SARIF 2.1.0 demands of the members that are written.
void check_sarif(const Json& sarif) {
  CHECK(sarif["version"] == "2.1.0");
  CHECK(sarif["$schema"].get<std::string>().ends_with("sarif-schema-2.1.0.json"));
  REQUIRE(sarif["runs"].size() == 1);
  const auto& run = sarif["runs"][0];
  const auto& driver = run["tool"]["driver"];
  CHECK_FALSE(driver["name"].get<std::string>().empty());
  std::set<std::string> ids;
  for (const auto& rule : driver["rules"]) {
    CHECK(ids.insert(rule["id"].get<std::string>()).second);
    CHECK_FALSE(rule["shortDescription"]["text"].get<std::string>().empty());
    CHECK(std::set<std::string>{"none", "note", "warning", "error"}.contains(
        rule["defaultConfiguration"]["level"].get<std::string>()));
  }
  REQUIRE(run["results"].is_array());
  for (const auto& result : run["results"]) {
    const auto index = result["ruleIndex"].get<std::size_t>();
    CHECK(driver["rules"].at(index)["id"] == result["ruleId"]);
    CHECK(std::set<std::string>{"none", "note", "warning", "error"}.contains(
        result["level"].get<std::string>()));
    CHECK_FALSE(result["message"]["text"].get<std::string>().empty());
    REQUIRE(result["locations"].size() == 1);
    const auto& place = result["locations"][0]["physicalLocation"];
    CHECK(place["region"]["startLine"].get<int>() >= 1);
    CHECK(place["region"]["startColumn"].get<int>() >= 1);
    const auto uri = place["artifactLocation"]["uri"].get<std::string>();
    CHECK(uri.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
                                "/%:") == std::string::npos);
    for (auto at = uri.find('%'); at != std::string::npos; at = uri.find('%', at + 1)) {
      CHECK(uri.find_first_not_of("0123456789ABCDEF", at + 1) >= at + 3);
    }
  }
}

TEST_CASE("findings are shown by place, with their hint and the counts") {
  auto later = finding("", Severity::warning);
  later.line = 9;
  later.hint.clear();
  const auto text = to_text(report_of({later, finding("")}));
  CHECK(text ==
        "f:3:7: error: m  [LX001]\n  hint: h \nf:9:7: warning: m  [LX002]\n"
        "1 error, 1 warning, 0 notes\n");
  CHECK(to_text(report_of({})) == "0 errors, 0 warnings, 0 notes\n");
}

TEST_CASE("warnings fail when they are asked to, notes never") {
  CHECK_FALSE(passes(report_of({finding("")})));
  CHECK(passes(report_of({finding("", Severity::warning)})));
  CHECK_FALSE(passes(report_of({finding("", Severity::warning)}, true)));
  CHECK(passes(report_of({finding("", Severity::note)}, true)));
  CHECK(passes(report_of({}, true)));
}

TEST_CASE("what is hostile stays inside its place in every form") {
  for (const auto& text : hostile) {
    CAPTURE(text);
    const auto report = report_of({finding(text), finding(text, Severity::warning)});
    CHECK(lines_in(to_text(report)) == 5);
    CHECK(to_text(report).find('\x1b') == std::string::npos);
    const auto github = to_github(report);
    CHECK(lines_in(github) == 2);
    CHECK(github.starts_with("::error file=f"));
    CHECK(github.find("\n::warning file=f") != std::string::npos);
    CHECK(github.find('\r') == std::string::npos);
    check_sarif(to_sarif(report));
    const auto elements = XmlReader(to_junit(report)).read();
    CHECK(std::count(elements.begin(), elements.end(), "testcase") == 3);
    CHECK(std::count(elements.begin(), elements.end(), "failure") == 1);
    CHECK(std::count(elements.begin(), elements.end(), "system-out") == 1);
  }
}

TEST_CASE("a property of an annotation cannot become another one") {
  const auto github = to_github(report_of({finding(",line=1::x%")}));
  CHECK(github ==
        "::error file=f%2Cline=1%3A%3Ax%25,line=3,col=7,title=LX001::m ,line=1::x%25%0Ahint: h "
        ",line=1::x%25\n");
}

TEST_CASE("a test fails when the whole would, and counts once however much it found") {
  const auto warning = finding("", Severity::warning);
  auto report = report_of({});
  report.checks.push_back({"f", "LX002 two", {warning, warning}});
  CHECK(to_junit(report).find("tests=\"2\" failures=\"0\"") != std::string::npos);
  report.strict = true;
  CHECK(to_junit(report).find("tests=\"2\" failures=\"1\"") != std::string::npos);
}

TEST_CASE("an absolute path is a file URI") {
  auto one = finding("");
  one.file = "/srv/a b.yaml";
  const auto sarif = to_sarif(report_of({one}));
  CHECK(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
             ["uri"] == "file:///srv/a%20b.yaml");
}

TEST_CASE("the document has a member for everything that is known") {
  const auto list = to_json(report_of({finding("x")}));
  CHECK(list == Json::array({{{"rule", "LX001"},
                              {"severity", "error"},
                              {"message", "m x"},
                              {"hint", "h x"},
                              {"file", "fx"},
                              {"line", 3},
                              {"column", 7}}}));
}

}  // namespace
}  // namespace lexecon::findings

TEST_SUITE_END();
