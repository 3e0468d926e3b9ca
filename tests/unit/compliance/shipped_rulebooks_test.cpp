#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "chain/event_shapes.hpp"
#include "compliance/rulebook.hpp"

TEST_SUITE_BEGIN("compliance/shipped_rulebooks");

namespace lexecon::compliance {
namespace {

using Texts = std::vector<std::string>;

const Demand& demand(const Rulebook& book, const std::string& id) {
  const auto* found = book.find(id);
  REQUIRE_MESSAGE(found != nullptr, id);
  return *found;
}

Date on(const char* text) { return parse_date(text).value(); }

TEST_CASE("every rulebook that the program carries can be read, and names itself") {
  for (const auto& id : rulebook_ids()) {
    CAPTURE(id);
    const auto& book = rulebook(id);
    CHECK(book.id == id);
    CHECK(&rulebook(id) == &book);
    CHECK_FALSE(book.sources.empty());
    CHECK(book.checked_on >= book.version);
    CHECK(parse_date(book.version) <= parse_date("2026-11-21"));
    CHECK(book.find("no-such-demand") == nullptr);
    CHECK(std::is_sorted(book.kinds.begin(), book.kinds.end(),
                         [](const auto& left, const auto& right) { return left.id < right.id; }));
    for (const auto& each : book.demands) {
      CHECK(book.find(each.id) == &each);
      CHECK(each.dates.size() == book.versions.size());
      for (const auto& kind : each.kinds) CHECK(book.kind(kind) != nullptr);
    }
  }
}

TEST_CASE("each rulebook has as many demands as what it is of") {
  const std::map<std::string, std::size_t> expected{
      {"eu_ai_act", 208},
      {"annex_iv", 26},
  };
  for (const auto& [id, count] : expected) {
    CAPTURE(id);
    CHECK(rulebook(id).demands.size() == count);
  }
}

TEST_CASE("the law in force on a day is that of its version") {
  const auto& law = rulebook("eu_ai_act");
  REQUIRE(law.versions.size() == 2);
  CHECK(law.versions[law.version_on(on("2024-08-01"))].id == "2024/1689");
  CHECK(law.versions[law.version_on(on("2026-07-26"))].id == "2024/1689");
  CHECK(law.versions[law.version_on(on("2026-07-27"))].id == "2026/1744");
  CHECK_THROWS_AS(static_cast<void>(law.version_on(on("2024-07-31"))), Error);
  CHECK(rulebook("annex_iv").versions.size() == 2);
}

TEST_CASE("what was inserted in 2026 did not exist before") {
  const auto& law = rulebook("eu_ai_act");
  Texts inserted;
  for (const auto& each : law.demands) {
    CHECK(each.dates.back().exists());
    if (!each.dates.front().exists()) inserted.push_back(each.id);
  }
  CHECK(inserted == Texts{"aia-4a.1", "aia-5.1.ba", "aia-5.1.bb", "aia-5.1a"});
}

TEST_CASE("high-risk duties apply from 2026 and 2027 as published, from 2027 and 2028 as amended") {
  const auto& law = rulebook("eu_ai_act");
  for (const char* id : {"aia-12.1", "aia-26.6", "aia-73.1", "aia-49.1"}) {
    const auto& dates = demand(law, id).dates;
    CAPTURE(id);
    CHECK(dates.front().annex_iii == on("2026-08-02"));
    CHECK(dates.front().annex_i == on("2027-08-02"));
    CHECK_FALSE(dates.front().is_disputed);
    CHECK(dates.back().annex_iii == on("2027-12-02"));
    CHECK(dates.back().annex_i == on("2028-08-02"));
  }
  CHECK_FALSE(demand(law, "aia-12.1").dates.back().is_disputed);
}

TEST_CASE("what the letter of Article 113 does not defer is disputed, with both dates") {
  const auto& law = rulebook("eu_ai_act");
  std::set<std::string> articles;
  for (const auto& each : law.demands) {
    if (!each.dates.back().is_disputed) continue;
    CHECK(each.dates.back().formal == on("2026-08-02"));
    articles.insert(each.article);
  }
  CHECK(articles == std::set<std::string>{"43", "47", "48", "49", "71", "72", "73", "86"});
}

}  // namespace
}  // namespace lexecon::compliance
