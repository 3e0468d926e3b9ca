#include "views/escape.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "support/json_values.hpp"

namespace lexecon {
namespace {

using namespace std::string_literals;
using test::Random;

std::string csv(std::string_view text) {
  std::string out;
  views::append_csv(out, text);
  return out;
}

std::string markdown(std::string_view text) {
  std::string out;
  views::append_markdown(out, text);
  return out;
}

std::string markdown_code(std::string_view text) {
  std::string out;
  views::append_markdown_code(out, text);
  return out;
}

/// What a reader of RFC 4180 makes of one cell, and what whoever wrote it meant.
std::string cell_text(std::string_view cell) {
  REQUIRE(cell.size() >= 2);
  REQUIRE(cell.front() == '"');
  REQUIRE(cell.back() == '"');
  std::string out;
  for (std::size_t at = 1; at + 1 < cell.size(); ++at) {
    if (cell[at] == '"') REQUIRE(cell[++at] == '"');
    out += cell[at];
  }
  return out.starts_with('\'') ? out.substr(1) : out;
}

std::string page_text(std::string text) {
  const auto replace = [&text](std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  };
  replace("&lt;", "<");
  replace("&gt;", ">");
  replace("&amp;", "&");
  return text;
}

bool has_hidden(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto read = utf8_at(text, at);
    if (!read || is_hidden(read->point)) return true;
    at += read->length;
  }
  return false;
}

/// Text as somebody might write it who wants a page, a sheet or a terminal to act.
std::string hostile_text(Random& random) {
  static const std::vector<std::string> pieces{"<script>",
                                               "\"><img src=x onerror=alert(1)>",
                                               "=cmd|' /C calc'!A0",
                                               "\xE2\x80\xAE",
                                               "\0"s,
                                               "\x1B[31m",
                                               "</style>",
                                               "](javascript:alert(1))",
                                               "\xEF\xBC\x9D",
                                               "\xC2\xA0",
                                               "  ",
                                               "+1",
                                               "-1",
                                               "@SUM(1)",
                                               "\t",
                                               "\r\n",
                                               "'",
                                               "\"",
                                               "`",
                                               "|",
                                               "\\|",
                                               "&lt;",
                                               "&#61;",
                                               "<!--",
                                               "]]>",
                                               "1. x",
                                               "- x",
                                               "# x",
                                               "www.example.org",
                                               "http://example.org",
                                               "\xC2\x9B",
                                               "\x7F",
                                               "\xF0\x9F\x98\x80"};
  std::string out;
  for (auto left = random.between(0, 6); left > 0; --left) {
    out += random.chance(20) ? test::random_text(random) : random.pick(pieces);
  }
  return out;
}

}  // namespace

TEST_SUITE("views/escape") {
  TEST_CASE("text of a page ends no element, and is shown as it was") {
    CHECK(views::html("a<b>&\"'") == "a&lt;b&gt;&amp;\"'");
    CHECK(views::html("</title><script>x</script>") ==
          "&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;");
    CHECK(views::html("\xE2\x80\xAE<\x1B[0m\xFF"s + "\0"s) == "\\u{202e}&lt;\\u{1b}[0m\\xff\\u{0}");
    const std::string long_text = std::string(1 << 20, '<');
    CHECK(views::html(long_text).size() == 4 * long_text.size());
  }

  TEST_CASE("no cell is a formula, and each gives its text again") {
    const std::vector<std::pair<std::string, std::string>> cells{
        {"", "\"\""},
        {"plain", "\"plain\""},
        {"a \"b\", c", "\"a \"\"b\"\", c\""},
        {"=1+1", "\"'=1+1\""},
        {"+1", "\"'+1\""},
        {"-1", "\"'-1\""},
        {"@SUM(A1)", "\"'@SUM(A1)\""},
        {"\tx", "\"'\tx\""},
        {"\rx", "\"'\rx\""},
        {"\nx", "\"'\nx\""},
        {"\0x"s, "\"'\0x\""s},
        {"  =1", "\"'  =1\""},
        {"\xC2\xA0=1", "\"'\xC2\xA0=1\""},
        {"\xEF\xBC\x9D"
         "1",
         "\"'\xEF\xBC\x9D"
         "1\""},
        {"'x", "\"''x\""},
        {"a=1", "\"a=1\""},
        {"{\"a\":\"=1\"}", "\"{\"\"a\"\":\"\"=1\"\"}\""},
    };
    for (const auto& [text, cell] : cells) {
      CAPTURE(text);
      CHECK(csv(text) == cell);
    }
  }

  TEST_CASE("text of a report is no markup") {
    CHECK(markdown("*a* _b_ `c` [d](e) <f> #g !h ~i~ {j} &amp;") ==
          "\\*a\\* \\_b\\_ \\`c\\` \\[d\\]\\(e\\) \\<f\\> \\#g \\!h \\~i\\~ \\{j\\} \\&amp;");
    CHECK(markdown("a|b\\|c") == "a&#124;b&#92;&#124;c");
    CHECK(markdown("- x") == "\\- x");
    CHECK(markdown(" + x") == " \\+ x");
    CHECK(markdown("12. x") == "12\\. x");
    CHECK(markdown("12) x") == "12\\) x");
    CHECK(markdown("a - 1. b") == "a - 1. b");
    CHECK(markdown("http://x www.x ftp:y") == "http\\://x www\\.x ftp:y");
    CHECK(markdown("a\nb") == "a&#92;u\\{a\\}b");
    CHECK(markdown_code("dec_1:x") == "`dec_1:x`");
    for (const auto* text : {"", "a`b", "a|b", "a\\b", "a b", "\xE2\x80\xAE"}) {
      CAPTURE(text);
      CHECK(markdown_code(text) == markdown(text));
    }
  }

  TEST_CASE("JSON text keeps its value, and hides nothing") {
    CHECK(views::json_text("{\"a\":\"\xE2\x80\xAE\x7F\xC3\xA9\xE2\x80\xA8\"}") ==
          "{\"a\":\"\\u202e\\u007f\xC3\xA9\\u2028\"}");
  }

  TEST_CASE("whatever is written, nothing of it acts and none of it is lost") {
    for (std::uint64_t seed = test::first_seed();
         seed < test::first_seed() + 500 * static_cast<std::uint64_t>(test::rounds()); ++seed) {
      CAPTURE(seed);
      Random random(seed);
      const auto text = hostile_text(random);
      const auto shown = views::html(text);
      CHECK(shown.find_first_of("<>") == std::string::npos);
      CHECK_FALSE(has_hidden(shown));
      CHECK(page_text(shown) == printable(text));

      CHECK(cell_text(csv(text)) == text);
      const auto printed = csv(printable(text)).substr(1);
      const auto first = printed.find_first_not_of(' ');
      CHECK(std::string_view("=+-@").find(printed[first]) == std::string_view::npos);

      const auto report = markdown(text);
      CHECK(report.find_first_of("|\n\r") == std::string::npos);
      for (std::size_t at = 0; at < report.size(); ++at) {
        if (report[at] == '\\') {
          ++at;
        } else {
          CHECK(std::string_view("`*_{}[]()<>!~").find(report[at]) == std::string_view::npos);
        }
      }

      const Json value = {{"text", text}, {"any", test::random_json(random, 3)}};
      const auto json = views::json_text(json::canonical(value));
      CHECK_FALSE(has_hidden(json));
      CHECK(json::canonical(json::parse(json)) == json::canonical(value));
    }
  }
}

}  // namespace lexecon
