#include "report/render.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

#include "base/error.hpp"
#include "json/canonical.hpp"
#include "report/format.hpp"
#include "unit/report/models.hpp"

namespace lexecon {
namespace {

using report::Format;
using test::report_model;

const std::vector<std::string> names{"ai_act", "framework", "article_86"};

std::string rendered(const std::string& name, Format format) {
  return report::render(report_model(name), format);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Every `before`…`after` of a text, without them.
std::vector<std::string> all_between(const std::string& text, const std::string& before,
                                     const std::string& after) {
  std::vector<std::string> out;
  for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
    at += before.size();
    out.push_back(text.substr(at, text.find(after, at) - at));
  }
  return out;
}

/// A model whose texts are those, in turn; the ones that say what a member is stay, so that every branch is taken.
Json with_texts(const std::string& name, const std::vector<std::string>& texts, std::size_t shift,
                bool keeps_words) {
  static const std::set<std::string> words{"kind",    "state",   "id",   "evidence", "type",
                                           "verdict", "entries", "from", "to",       "schema"};
  auto model = report_model(name);
  test::change_texts(model, "", [&](const std::string& member, Json& value) {
    const bool is_set = value.get_ref<const std::string&>().starts_with('E');
    if (!keeps_words || words.count(member) == 0 || (member == "id" && !is_set)) {
      value = texts[shift++ % texts.size()];
    }
  });
  model["kind"] = "ai-act";
  return model;
}

std::string repeated(const std::string& text) {
  std::string out;
  while (out.size() < 240) out += text;
  return out;
}

const std::vector<std::string> hostile{"<script>alert(1)</script>",
                                       "\"><img src=x onerror=alert(1)>",
                                       "' onload='alert(1)",
                                       "</style></svg></pre></td></title><svg/onload=alert(1)>",
                                       "]]><!--",
                                       "&lt;b&gt;&#60;i&#62;",
                                       "[a](javascript:alert(1))",
                                       "![a](http://x/)",
                                       "| a | b |\n|---|---|",
                                       "\n\n# heading\n\n```\n",
                                       "`code` **b** _i_ ~~s~~",
                                       "<http://x.example> www.x.example http://x.example",
                                       "=cmd()|'/c'!A1",
                                       "@SUM(1+1)",
                                       "+1",
                                       "-1",
                                       "\t=1",
                                       "{{title}}{{{disclaimer}}}{{>rows}}{{=<% %>=}}",
                                       "E1\" onclick=\"alert(1)",
                                       "\xE2\x80\xAE reversed \xE2\x80\x8B",
                                       "\r\nx: y",
                                       "- item\n1. item",
                                       "; rm -rf / $(id) `id` \\"};

std::vector<std::string> long_hostile() {
  std::vector<std::string> out;
  for (const auto& text : hostile) out.push_back(repeated(text));
  return out;
}

/// As many, of which no two are the same, that nobody would take for markup.
std::vector<std::string> plain_texts() {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < hostile.size(); ++at) {
    out.push_back(repeated("x" + std::to_string(at)));
  }
  return out;
}

/// The tags of a page, whole: what a hostile text would have to add to.
std::vector<std::string> tags_of(const std::string& page) {
  std::vector<std::string> out;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    out.push_back(page.substr(at, page.find('>', at) - at + 1));
  }
  return out;
}

bool is_escaped(std::string_view text, std::size_t at) {
  bool escaped = false;
  while (at > 0 && text[at - 1] == '\\') {
    escaped = !escaped;
    --at;
  }
  return escaped;
}

/// What of a line of Markdown is markup: no code, nothing behind a backslash, no words.
std::string markup_of(std::string_view line) {
  if (line.starts_with("    ")) return "code";
  std::string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '`' && !is_escaped(line, at)) {
      const auto end = line.find('`', at + 1);
      if (end == std::string_view::npos) return out + " open code";
      at = end;
    } else if (line.substr(at).starts_with("&#")) {
      at = line.find(';', at);
    } else if (std::string_view("*_{}[]()<>#!~|").find(line[at]) != std::string_view::npos &&
               !is_escaped(line, at)) {
      out += line[at];
    }
  }
  return out;
}

std::vector<std::string> markup_lines(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < text.size();) {
    const auto end = text.find('\n', from);
    auto line = markup_of(std::string_view(text).substr(from, end - from));
    if (line != "code") out.push_back(std::move(line));  // a checkpoint is of as many as it has
    from = end + 1;
  }
  return out;
}

using Cells = std::vector<std::string>;

std::vector<Cells> sheet_of(const std::string& text) {
  std::vector<Cells> out(1, Cells(1));
  bool is_quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      if (is_quoted && text.substr(at, 2) == "\"\"") {
        out.back().back() += '"';
        ++at;
      } else {
        is_quoted = !is_quoted;
      }
    } else if (is_quoted) {
      out.back().back() += text[at];
    } else if (text[at] == ',') {
      out.back().emplace_back();
    } else if (text.substr(at, 2) == "\r\n") {
      out.emplace_back(1);
      ++at;
    } else {
      FAIL("a character outside quotes");
    }
  }
  out.pop_back();
  return out;
}

TEST_SUITE_BEGIN("report/render");

TEST_CASE("the same report gives the same bytes in every format") {
  for (const auto format : {Format::json, Format::csv, Format::markdown, Format::html,
                            Format::oscal_ar, Format::oscal_poam}) {
    CHECK(rendered("ai_act", format) == rendered("ai_act", format));
    CHECK(rendered("ai_act", format).size() > 1000);
  }
}

TEST_CASE("JSON is the canonical value and nothing else") {
  for (const auto& name : names) {
    const auto text = rendered(name, Format::json);
    CHECK(json::parse_canonical(text.substr(0, text.size() - 1)) == report_model(name));
  }
}

TEST_CASE("every set of entries has its place in the appendix, and every link leads to one") {
  for (const auto& name : names) {
    const auto page = rendered(name, Format::html);
    const auto sheet = rendered(name, Format::markdown);
    for (const auto& link : all_between(page, "href=\"#", "\"")) {
      CHECK(has(page, "id=\"" + link + "\""));
    }
    const auto model = report_model(name);
    for (const auto& set : model.at("evidence")) {
      const auto id = set.at("id").get<std::string>();
      const auto digest = set.at("digest").get<std::string>();
      CHECK(has(page, "id=\"" + id + "\""));
      CHECK(has(sheet, "<a id=\"" + id + "\"></a>"));
      if (set.at("count") == 0) continue;
      for (const auto* text : {&page, &sheet}) {
        CHECK(has(*text, digest));
        CHECK(has(*text, set.at("first").at("entry_hash").get<std::string>()));
        CHECK(has(*text, set.at("last").at("proof").back().get<std::string>()));
        CHECK(has(*text, "lexecon ledger prove " +
                             set.at("first").at("entry_id").get<std::string>() + " --size 5143"));
      }
    }
  }
}

TEST_CASE("a row says what applies and what is on record, in words") {
  for (const auto format : {Format::html, Format::markdown}) {
    const auto text = rendered("ai_act", format);
    for (const auto* word :
         {"not yet", "disputed", "not applicable", "unknown", "present", "partial", "declared",
          "external", "stale", "expired on", "2026-08-02", "no plan on record"}) {
      CAPTURE(word);
      CHECK(has(text, word));
    }
    CHECK_FALSE(has(text, "compliant"));
  }
}

TEST_CASE("a report that is not on record says so, and one with sealed content too") {
  for (const auto format : {Format::html, Format::markdown}) {
    CHECK(has(rendered("article_86", format), "not on record: no entry"));
    CHECK(has(rendered("article_86", format), "shows sealed content"));
    CHECK_FALSE(has(rendered("ai_act", format), "not on record: no entry"));
    CHECK_FALSE(has(rendered("ai_act", format), "shows sealed content"));
  }
}

TEST_CASE("a page runs nothing and fetches nothing") {
  const auto page = rendered("ai_act", Format::html);
  CHECK(has(page, "default-src 'none'"));
  CHECK_FALSE(has(page, "<script"));
  CHECK_FALSE(has(page, "src="));
  CHECK_FALSE(has(page, "url(http"));
  CHECK_FALSE(has(page, "@import"));
  for (const auto& link : all_between(page, "href=\"", "\"")) CHECK(link.starts_with("#"));
}

/// Each text of a model gets another one of the hostile texts; so many rounds, each with others.
template <class Check>
void with_hostile_texts(const std::vector<std::string>& of, const Check& check) {
  const auto step = hostile.size() / (3 * static_cast<std::size_t>(test::rounds())) + 1;
  for (const auto& name : of) {
    for (const bool keeps_words : {true, false}) {
      for (std::size_t shift = 0; shift < hostile.size(); shift += step) {
        CAPTURE(shift);
        check(with_texts(name, plain_texts(), shift, keeps_words),
              with_texts(name, long_hostile(), shift, keeps_words));
      }
    }
  }
}

TEST_CASE("no text of a report can add a tag to a page") {
  with_hostile_texts({"ai_act", "article_86"}, [](const Json& plain, const Json& model) {
    CHECK(tags_of(report::render(model, Format::html)) ==
          tags_of(report::render(plain, Format::html)));
  });
}

TEST_CASE("no text of a report can add markup to a sheet of Markdown") {
  with_hostile_texts({"ai_act"}, [](const Json& plain, const Json& model) {
    CHECK(markup_lines(report::render(model, Format::markdown)) ==
          markup_lines(report::render(plain, Format::markdown)));
  });
}

TEST_CASE("every row of the sheet has the same cells, and none of them is a formula") {
  for (std::size_t shift = 0; shift < hostile.size(); ++shift) {
    CAPTURE(shift);
    const auto model = with_texts("ai_act", hostile, shift, false);
    const auto rows = sheet_of(report::render(model, Format::csv));
    REQUIRE(rows.size() > 10);
    for (const auto& row : rows) {
      CHECK(row.size() == 40);
      for (const auto& cell : row) {
        const bool acts =
            !cell.empty() && std::string("=+-@\t\r").find(cell[0]) != std::string::npos;
        CHECK_FALSE(acts);
      }
    }
  }
}

TEST_CASE("a sheet has a row for each demand and kind of evidence") {
  std::size_t wanted = 1;
  const auto model = report_model("ai_act");
  for (const auto& row : model.at("rows")) {
    wanted += std::max<std::size_t>(1, row.at("evidence").at("kinds").size());
  }
  for (const auto& section : model.at("sections")) wanted += section.at("facts").size();
  CHECK(sheet_of(report::render(model, Format::csv)).size() == wanted);
}

TEST_CASE("a conclusion that ran out says so in a sheet") {
  const auto sheet = report::render(report_model("ai_act"), Format::csv);
  CHECK(sheet.find("\"expired: ") != std::string::npos);
}

TEST_CASE("what the program carries is one text, which renders the same when it is copied") {
  const auto model = report_model("ai_act");
  for (const auto format : {Format::html, Format::markdown}) {
    const auto copied = report::built_in("ai-act", format);
    CHECK_FALSE(has(copied.text, "{{>"));
    CHECK(report::render(model, format, copied) == report::render(model, format));
  }
  CHECK_THROWS_AS(static_cast<void>(report::built_in("ai-act", Format::csv)), Error);
}

TEST_CASE("the parts of one page are those of every kind") {
  auto model = report_model("ai_act");
  for (const auto* kind : {"executive", "article-26", "framework"}) {
    model["kind"] = kind;
    CHECK(has(report::render(model, Format::html), "id=\"E1\""));
    CHECK(has(report::render(model, Format::markdown), "<a id=\"E1\"></a>"));
  }
}

TEST_CASE("a report that only counts its rows tells of each state how many there are") {
  auto model = report_model("ai_act");
  model["kind"] = "executive";
  model["rows"] = Json::array();
  for (const auto format : {Format::html, Format::markdown}) {
    const auto text = report::render(model, format);
    CHECK(has(text, "not yet"));
    CHECK(has(text, "not satisfied"));
    CHECK_FALSE(has(text, "Row by row"));
  }
  CHECK(has(rendered("ai_act", Format::html), "Row by row"));
}

TEST_CASE("formats have names and suffixes") {
  CHECK(report::format_from("oscal-ar") == Format::oscal_ar);
  CHECK_FALSE(report::format_from("pdf"));
  CHECK(report::to_string(Format::markdown) == "markdown");
  CHECK(report::suffix_of(Format::oscal_poam) == ".oscal-poam.json");
}

TEST_SUITE_END();

}  // namespace
}  // namespace lexecon
