#include "views/survey.hpp"

#include <map>

#include "base/error.hpp"
#include "unit/export/desk.hpp"
#include "views/html_index.hpp"
#include "views/view.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Desk;
using views::Listing;

/// The folder of a package of a desk, and what is said of it.
struct Package {
  explicit Package(Desk& desk) : made(desk.make(desk.options("bag"))) {}
  [[nodiscard]] views::Bag open() const { return views::open_bag(made.path, made.manifest); }
  void write(const std::string& name, const std::string& bytes) const {
    replace_file(made.path / name, bytes, Access::private_to_owner);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    return test::slurp(made.path / name);
  }

  exporting::Exported made;
};

std::map<std::string, std::string> pages_of(const views::Bag& bag) {
  std::map<std::string, std::string> out;
  views::write_html(bag, views::survey_of(bag), [&out](const std::string& name) -> views::Sink {
    auto& page = out[name];
    return [&page](std::string_view bytes) { page += bytes; };
  });
  return out;
}

/// Of a log with that many entries.
views::Survey survey_of_size(std::uint64_t entries) {
  views::Survey out;
  out.entries = entries;
  auto& pages = out.pages[Listing::all];
  for (std::uint64_t first = 0; first < entries; first += views::page_entries) {
    auto& page = pages.emplace_back();
    page.first_seq = first;
    page.last_seq = first + views::page_entries - 1;
    page.first_time = page.last_time = "2026-01-01T00:00:00.000000Z";
    page.entries = page.decisions = views::page_entries;
  }
  out.pages[Listing::refused] = out.pages[Listing::people] = pages;
  for (std::size_t more = 0; more < 1'000; ++more) {
    const auto name = std::string(100, '<') + std::to_string(more);
    out.types.add(name);
    out.reasons.add(name);
    out.outcomes.add(name);
  }
  return out;
}

}  // namespace

TEST_SUITE("views/survey") {
  TEST_CASE("the index stays below 2 MB whatever the size of the log, and leads to every page") {
    Desk desk;
    desk.decide();
    const auto bag = Package(desk).open();
    for (const std::uint64_t entries : {1'000'000UL, 3'000'500UL, 1'200'000'000UL}) {
      CAPTURE(entries);
      const auto survey = survey_of_size(entries);
      const auto index = views::index_page(bag, survey);
      CHECK(index.size() < 2'000'000);
      const auto pages = survey.pages.at(Listing::all).size();
      const auto step = views::pages_a_row(pages);
      const auto rows = (pages + step - 1) / step;
      CHECK(rows <= views::max_page_rows);
      const auto last =
          step == 1 ? std::string("pages/1000.html") : views::contents_name(Listing::all, rows - 1);
      CHECK(index.find("href=\"" + last + "\"") != std::string::npos);
      if (step == 1) continue;
      const auto contents = views::contents_page(bag, survey, Listing::all, rows - 1);
      CHECK(contents.find("pages/" + std::to_string(pages) + ".html\"") != std::string::npos);
    }
  }

  TEST_CASE("names beyond the first hundred are counted together") {
    views::Count count;
    for (int more = 0; more < 150; ++more) count.add("name" + std::to_string(more));
    count.add("name0");
    count.add(std::string(1'000, 'x'));
    CHECK(count.of().size() == views::max_names);
    CHECK(count.of("name0") == 2);
    CHECK(count.of("name149") == 0);
    CHECK(count.others() == 51);
  }

  TEST_CASE("an entry knows the earlier ones that it names and the later ones that name it") {
    Desk desk;
    const auto escalated = desk.office().entries();
    (void)desk.bureau.decide(test::paying());
    const auto held = desk.decide();
    desk.append("hold.placed", {{"hold_id", "h-1"}, {"seqs", {escalated, held}}});
    desk.append("hold.released", {{"hold_id", "h-1"}});
    desk.append("sealed.erased", {{"legal_basis", "gdpr_17"},
                                  {"requested_at", to_text(desk.office().session().now)},
                                  {"seqs", {held}}});
    desk.sql("DELETE FROM sealed WHERE seq = " + std::to_string(held));
    const auto bag = Package(desk).open();
    const auto survey = views::survey_of(bag);
    std::map<std::uint64_t, views::Related> related;
    views::each_item(bag, [&](const views::Item& item) {
      related[item.view.seq] = views::related_to(item, views::data_of(item), survey.references);
    });
    using Seqs = std::vector<std::uint64_t>;
    const auto hold = held + 1;
    CHECK(related.at(escalated).later == Seqs{escalated + 1, hold});
    CHECK(related.at(escalated + 1).earlier == Seqs{escalated});
    CHECK(related.at(held).later == Seqs{hold, hold + 2});
    CHECK(related.at(hold).earlier == Seqs{escalated, held});
    CHECK(related.at(hold).later == Seqs{hold + 1});
    CHECK(related.at(hold + 1).earlier == Seqs{hold});
    CHECK(survey.references.erasure_of(held) == hold + 2);
    CHECK_FALSE(survey.references.erasure_of(escalated).has_value());
    CHECK(survey.outcomes.of("escalated") == 1);
    CHECK(survey.pages.at(Listing::refused).at(0).entries == 1);
    CHECK(survey.entries == bag.manifest.contents.entries);
  }

  TEST_CASE("what is withheld between entries and behind them is counted in its place") {
    Desk desk;
    desk.decide();
    desk.decide();
    desk.decide();
    const Package package(desk);
    auto bag = package.open();
    std::vector<std::string> lines;
    for (auto rest = package.read("data/ledger/entries.jsonl"); !rest.empty();) {
      lines.push_back(rest.substr(0, rest.find('\n') + 1));
      rest.erase(0, lines.back().size());
    }
    // Without the last entry and two before it; the sealed contents go with them.
    bag.manifest.disclosure = package::Disclosure::none;
    const auto all = lines.size();
    lines.erase(lines.end() - 4, lines.end() - 2);
    lines.pop_back();
    std::string bytes;
    for (const auto& line : lines) bytes += line;
    package.write("data/ledger/entries.jsonl", bytes);
    std::vector<std::uint64_t> withheld;
    views::each_item(bag,
                     [&](const views::Item& item) { withheld.push_back(item.withheld_before); });
    REQUIRE(withheld.size() == all - 3);
    CHECK(withheld.back() == 2);
    CHECK(views::survey_of(bag).last_seq == all - 2);
    CHECK(views::withheld_after(bag, all - 2) == 1);
    const auto page = pages_of(bag).at("pages/0001.html");
    CHECK(page.find("2 entries are withheld here") != std::string::npos);
    CHECK(page.find("1 entry is withheld here") != std::string::npos);
  }

  TEST_CASE("lines that belong to nothing are in no view") {
    Desk desk;
    desk.decide();
    const Package package(desk);
    const auto bag = package.open();
    const auto go = [&] { views::each_item(bag, [](const views::Item&) {}); };
    CHECK_FALSE(code_of(go).has_value());
    const auto entries = package.read("data/ledger/entries.jsonl");
    const auto sealed = package.read("data/ledger/sealed.jsonl");
    package.write("data/ledger/sealed.jsonl", sealed + sealed);
    CHECK(code_of(go) == ErrorCode::bad_input);
    package.write("data/ledger/sealed.jsonl", sealed);
    for (const auto& wrong : {entries + entries, entries + "{}\n", "x" + entries}) {
      package.write("data/ledger/entries.jsonl", wrong);
      CHECK(code_of(go) == ErrorCode::bad_input);
    }
    auto other = package.made.manifest;
    ++other.checkpoint.tree_size;
    CHECK(code_of([&] { (void)views::open_bag(package.made.path, other); }) ==
          ErrorCode::bad_input);
  }

  TEST_CASE("a policy file is named by its digest alone") {
    Desk desk;
    const auto bag = Package(desk).open();
    auto survey = views::survey_of(bag);
    survey.policy_files.emplace("../../../../etc/passwd", "policies/x.yaml");
    std::string rules;
    views::write_html(bag, survey, [&rules](const std::string& name) -> views::Sink {
      if (name != "rules.html") return [](std::string_view) {};
      return [&rules](std::string_view bytes) { rules += bytes; };
    });
    CHECK(rules.find("root:") == std::string::npos);
    CHECK(rules.find("permits") != std::string::npos);
  }
}

}  // namespace lexecon
