// Packages of a part of the log: what they show is what their request chooses, and can be made again from them.
#include <algorithm>
#include <sstream>

#include "chain/sealed.hpp"
#include "json/parse.hpp"
#include "ledger/entry_reading.hpp"
#include "package/request.hpp"
#include "package/sections.hpp"
#include "unit/export/desk.hpp"

namespace lexecon {
namespace {

using package::Disclosure;
using package::Scope;
using test::code_of;
using test::Desk;
using test::Files;
using test::files_of;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

/// Whatever a stranger can hold a package against without a verifier.
void check_package(Desk& desk, const exporting::Exported& made) {
  const auto files = files_of(made.path);
  const auto all = desk.office().bodies();
  const auto manifest = json::parse(files.at("data/manifest.json"));
  const auto request = package::parse_request(manifest.at("request"));
  const auto entries = lines_of(files.at("data/ledger/entries.jsonl"));
  const auto size = made.manifest.checkpoint.tree_size;
  const auto leaves = lines_of(files.at("data/ledger/leaves.txt"));
  REQUIRE(leaves.size() == size);
  for (std::size_t seq = 0; seq < size; ++seq) {
    CHECK(leaves[seq] == chain::leaf_hash(all[seq]).hex());
  }
  CHECK(made.manifest.contents.entries == entries.size());
  CHECK(made.manifest.contents.withheld_entries == size - entries.size());
  CHECK(manifest.at("scope") == (entries.size() == size ? "all" : "filtered"));
  std::map<Hash, std::string> sealed;
  if (made.manifest.disclosure == Disclosure::sealed) {
    for (const auto& line : lines_of(files.at("data/ledger/sealed.jsonl"))) {
      sealed[crypto::sha256(line)] = line;
    }
  }
  // The rule chooses everything of what it chose, and the sections are made of that.
  package::Choice choice(request.filter);
  for (const auto& line : entries) choice.survey(*ledger::read_bytes(line).view, line);
  choice.settle();
  Files sections;
  package::SectionWriter writer([&](package::Section section, std::string_view bytes) {
    sections[package::section_name(section)] += bytes;
  });
  for (const auto& line : entries) {
    CAPTURE(line);
    // Read whole: no reader sees another rule.
    const auto reading = ledger::read_bytes(line, true);
    CHECK(choice.shows(*reading.view, line));
    CHECK(line == all[reading.view->seq]);
    const auto hash = reading.view->sealed_hash;
    const auto found = hash ? sealed.find(*hash) : sealed.end();
    writer.take(
        *reading.view, line,
        found == sealed.end() ? std::nullopt : std::optional<std::string_view>(found->second));
  }
  for (const auto& section : package::sections) {
    const auto name = package::section_name(section);
    CAPTURE(name);
    CHECK(files.contains(name) == sections.contains(name));
    if (files.contains(name)) CHECK(files.at(name) == sections.at(name));
  }
  const bool shows_head = !entries.empty() && entries.back() == all[size - 1];
  CHECK(manifest.at("log").at("head_entry_hash").is_null() == !shows_head);
}

struct Busy : Desk {
  Busy() {
    auto asked = test::reading();
    asked["tenant"] = "north";
    north = bureau.decide(asked);
    asked["tenant"] = "south";
    south = bureau.decide(asked);
    escalated = bureau.decide(test::paying());
    overridden = bureau.decide(test::dropping());
    (void)bureau.make(test::Bureau::of(overridden));
    evidence = add_evidence("a picture");
  }
  exporting::Exported make_of(const std::string& name, const package::Filter& filter,
                              Disclosure disclosure = Disclosure::sealed) {
    auto out = options(name);
    out.wish.filter = filter;
    out.wish.disclosure = disclosure;
    return make(out);
  }
  std::string north;
  std::string south;
  std::string escalated;
  std::string overridden;
  std::string evidence;
};

bool shows(const exporting::Exported& made, const std::string& text) {
  return files_of(made.path).at("data/ledger/entries.jsonl").find(text) != std::string::npos;
}

}  // namespace

TEST_SUITE("export/filter") {
  TEST_CASE(
      "every scope is a package that its own request chooses, with and without what is sealed") {
    Busy desk;
    int number = 0;
    for (const auto scope :
         {Scope::all, Scope::decisions, Scope::risk, Scope::escalations, Scope::overrides,
          Scope::evidence, Scope::compliance, Scope::oversight}) {
      for (const auto disclosure : {Disclosure::none, Disclosure::sealed}) {
        CAPTURE(package::to_string(scope));
        const auto made = desk.make_of(std::to_string(number++), {.scope = scope}, disclosure);
        check_package(desk, made);
        const bool takes_evidence =
            scope == Scope::all || scope == Scope::evidence || scope == Scope::compliance;
        CHECK(made.manifest.contents.evidence ==
              (takes_evidence && disclosure == Disclosure::sealed ? 1 : 0));
        CHECK(package::is_whole(made.manifest) == (scope == Scope::all));
        CHECK(shows(made, desk.escalated) ==
              (scope == Scope::all || scope == Scope::decisions || scope == Scope::escalations ||
               scope == Scope::oversight));
      }
    }
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("a tenant's package has nothing of another's, and counts what it withholds") {
    Busy desk;
    const auto made = desk.make_of("north", {.tenant = "north"});
    check_package(desk, made);
    CHECK(made.manifest.contents.decisions == 1);
    CHECK(shows(made, desk.north));
    CHECK_FALSE(shows(made, desk.south));
    for (const auto& [name, bytes] : files_of(made.path)) {
      CAPTURE(name);
      CHECK(bytes.find("south") == std::string::npos);
    }
    CHECK(made.manifest.contents.withheld_entries > 0);
    check_package(desk, desk.make_of("none of it", {.from = Timestamp{1}, .to = Timestamp{2}}));
  }

  TEST_CASE("the same request of the same size gives the same bytes") {
    Busy desk;
    auto options = desk.options("one");
    options.wish.filter = {.scope = Scope::overrides, .actor = "operator:bob"};
    options.wish.size = desk.office().entries();
    const auto one = desk.make(options);
    check_package(desk, one);
    desk.decide();
    options.path = desk.folder / "two";
    CHECK(desk.make(options).manifest.export_id == one.manifest.export_id);
    CHECK(files_of(desk.folder / "one") == files_of(desk.folder / "two"));
  }

  TEST_CASE("an erasure of what is not shown hides nothing, and of what is shown is not hidden") {
    Busy desk;
    const auto size = desk.office().entries();
    std::uint64_t erased = 0;
    for (const auto& body : desk.office().bodies()) {
      const auto entry = chain::parse_entry(body);
      if (entry.event_type == "decision" && entry.data.at("tenant") == "south") erased = entry.seq;
    }
    desk.append("sealed.erased", {{"legal_basis", "gdpr_17"},
                                  {"requested_at", to_text(desk.office().session().now)},
                                  {"seqs", {erased}}});
    desk.sql("DELETE FROM sealed WHERE seq = " + std::to_string(erased));
    auto options = desk.options("north");
    options.wish.size = size;
    options.wish.filter = {.tenant = "north"};
    check_package(desk, desk.make(options));
    options = desk.options("south");
    options.wish.size = size;
    options.wish.filter = {.tenant = "south"};
    CHECK(code_of([&] { (void)desk.make(options); }) == ErrorCode::bad_input);
    CHECK_FALSE(std::filesystem::exists(options.path));
    options.wish.size.reset();
    CHECK(desk.make(options).manifest.contents.erased == 1);
  }

  TEST_CASE("progress goes on through both passes and ends below what it promised") {
    Busy desk;
    auto options = desk.options("package");
    options.wish.filter = {.tenant = "north"};
    std::vector<std::uint64_t> told;
    std::uint64_t all = 0;
    options.progress = [&](std::uint64_t done, std::uint64_t of) {
      told.push_back(done);
      all = of;
    };
    const auto size = desk.make(options).manifest.checkpoint.tree_size;
    CHECK(std::is_sorted(told.begin(), told.end()));
    CHECK(all == 2 * size);
    REQUIRE_FALSE(told.empty());
    CHECK(told.back() < all);
  }
}

}  // namespace lexecon
