#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "compliance/rulebook.hpp"

TEST_SUITE_BEGIN("compliance/shipped_law");

namespace lexecon::compliance {
namespace {

using Texts = std::vector<std::string>;

const Demand& demand(const Rulebook& book, const std::string& id) {
  const auto* found = book.find(id);
  REQUIRE_MESSAGE(found != nullptr, id);
  return *found;
}

Date on(const char* text) { return parse_date(text).value(); }

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

bool says(const std::optional<std::string>& text, std::string_view part) {
  return text && text->find(part) != std::string::npos;
}

TEST_CASE("periods are those of the articles that set them") {
  const auto& law = rulebook("eu_ai_act");
  for (const auto& each : law.demands) {
    CAPTURE(each.id);
    const auto all = each.duty + each.retention.value_or("") + each.deadline.value_or("");
    for (const char* wrong : {"180 days", "90 days", "3650", "7 years", "consent\""}) {
      CHECK(all.find(wrong) == std::string::npos);
    }
    if (each.article == "12") CHECK_FALSE(each.retention.has_value());
    if (each.article == "14") CHECK_FALSE(each.retention.has_value());
    if (each.article == "18" && each.paragraph.starts_with('1')) {
      CHECK(each.retention ==
            "10 years after the system is placed on the market or put into service");
    }
  }
  for (const char* id : {"aia-19.1", "aia-26.6"}) {
    CHECK(says(demand(law, id).retention, "at least six months"));
    CHECK(demand(law, id).scope == "high_risk");
  }
  CHECK(demand(law, "aia-19.1").roles == Texts{"provider"});
  CHECK(demand(law, "aia-26.6").roles == Texts{"deployer"});
  CHECK(says(demand(law, "aia-73.2").deadline, "15 days"));
  CHECK(says(demand(law, "aia-73.3").deadline, "2 days"));
  CHECK(says(demand(law, "aia-73.4").deadline, "10 days"));
  CHECK_FALSE(demand(law, "aia-86.1").deadline.has_value());
  CHECK(demand(rulebook("hipaa"), "164.316.b").title == "Documentation (six years)");
  CHECK_FALSE(says(demand(rulebook("hipaa"), "164.312.b").note, "year"));
}

TEST_CASE("a breach costs what Article 99 says, and Articles 4 and 27 are not in its lists") {
  const auto& law = rulebook("eu_ai_act");
  for (const auto& each : law.demands) {
    CAPTURE(each.id);
    if (each.article == "5") CHECK(each.penalty_tier == "art_99_3");
    if (each.article == "26" || each.article == "50") CHECK(each.penalty_tier == "art_99_4");
    if (each.article == "4" || each.article == "27") CHECK_FALSE(each.penalty_tier.has_value());
  }
  CHECK(law.penalties.size() == 5);
}

TEST_CASE("minimum contents of logs bind biometric identification alone") {
  for (const auto& each : rulebook("eu_ai_act").demands) {
    if (each.article == "12" && each.paragraph.starts_with('3'))
      CHECK(each.scope == "annex_iii_1a");
    if (each.article == "12" && !each.paragraph.starts_with('3')) CHECK(each.scope == "high_risk");
  }
}

TEST_CASE("the transition of Article 111 is that of each route") {
  const auto& dates = demand(rulebook("eu_ai_act"), "aia-26.6").dates;
  REQUIRE(dates.front().transitions.size() == 1);
  CHECK(dates.front().transitions[0].placed_before == on("2026-08-02"));
  REQUIRE(dates.back().transitions.size() == 2);
  CHECK(dates.back().transitions[0].placed_before == on("2027-12-02"));
  CHECK(dates.back().transitions[1].placed_before == on("2028-08-02"));
  for (const auto& each : dates.back().transitions) {
    CHECK(each.of == "system");
    CHECK(each.public_bodies == on("2030-08-02"));
    CHECK_FALSE(each.from.has_value());
  }
  const auto& marking = demand(rulebook("eu_ai_act"), "aia-50.2").dates.back().transitions;
  REQUIRE(marking.size() == 1);
  CHECK(marking[0].from == on("2026-12-02"));
  const auto& models = demand(rulebook("eu_ai_act"), "aia-53.1.a").dates.back().transitions;
  REQUIRE(models.size() == 1);
  CHECK(models[0].of == "model");
  CHECK(models[0].from == on("2027-08-02"));
}

TEST_CASE("Annex IV applies when Article 11 does") {
  const auto& article = demand(rulebook("eu_ai_act"), "aia-11.1").dates;
  for (const auto& each : rulebook("annex_iv").demands) {
    CAPTURE(each.id);
    REQUIRE(each.dates.size() == article.size());
    for (std::size_t version = 0; version < article.size(); ++version) {
      CHECK(each.dates[version].annex_iii == article[version].annex_iii);
      CHECK(each.dates[version].annex_i == article[version].annex_i);
      CHECK(each.dates[version].transitions.size() == article[version].transitions.size());
    }
  }
}

TEST_CASE("an item of Annex IV says where it can come from, and what a declaration answers") {
  const auto& annex = rulebook("annex_iv");
  for (const auto& each : annex.demands) {
    CAPTURE(each.id);
    CHECK(each.reference.starts_with("Annex IV, point "));
    CHECK(each.condition.has_value());
    CHECK_FALSE(each.fields.empty());
    const bool is_of_ledger = says(each.source, "ledger");
    CHECK(is_of_ledger == (each.reach != Reach::external));
  }
  CHECK(demand(annex, "aiv-6").source == "ledger");
  CHECK(demand(annex, "aiv-6").reach == Reach::evidences);
  CHECK(demand(annex, "aiv-2.d").reach == Reach::external);
  CHECK(demand(annex, "aiv-8").kinds == Texts{"eu_declaration"});
}

}  // namespace
}  // namespace lexecon::compliance
