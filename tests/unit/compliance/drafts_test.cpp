// The shipped rulebooks against the drafts that they were made of, where these are beside the checkout. What
// differs is listed here, each with its reason: nothing differs by accident.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/text.hpp"
#include "compliance/rulebook.hpp"
#include "json/json.hpp"
#include "json/node.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("compliance/drafts");

namespace lexecon::compliance {
namespace {

using Texts = std::vector<std::string>;
using Names = std::set<std::string>;

std::optional<Json> draft(const std::string& name) {
  const auto path = test::source_folder() / ".." / "shared" / "compliance" / name;
  if (std::filesystem::exists(path))
    return json::to_json(json::read_document(test::slurp(path), name));
  MESSAGE("skipped: no drafts of rulebooks beside this checkout");
  return std::nullopt;
}

Names names(const std::string& prefix, const std::string& words) {
  Names out;
  for (const auto& word : split(words, ' ')) out.insert(prefix + word);
  return out;
}

// Decisions, policies and scores were to show what they cannot: absence of a practice, notices, stops, risks of
// the system as a whole. 0052-what-counts-as-evidence.md
const char* const other_kinds =
    "5.1.a 5.1.b 5.1.ba 5.1.bb 5.1.c 5.1.d 5.1.e 5.1.f 5.1.g 5.1.h 5.1a 9.2.a 9.2.b 9.2.c "
    "9.2.d 9.4 9.5 9.9 12.3.b 13.3.b.iii 14.2 14.4.e 16.j 17.1.g 20.1 23.1 23.2 24.1 24.2 "
    "26.1 26.4 26.5.b 26.8 27.3 43.2 50.1 50.2 50.4.a 55.1.b 73.6";
// Something that no entry is by itself is needed besides, or a document of somebody else.
const char* const other_reach =
    "6.4 12.3.a 12.3.b 12.3.c 12.3.d 14.5 16.d 16.e 16.k 17.1.k 18.1.a 18.1.b 18.1.e 19.1 "
    "21.1 23.1 23.5 24.1 26.1 26.2 26.6 43.4 50.4.b 55.1.b 73.6 86.1";
std::string text_or_empty(const Json& object, const char* name) {
  return object.contains(name) ? object.at(name).get<std::string>() : std::string();
}

std::string day_of(const std::optional<Date>& date) {
  return date ? to_text(*date) : std::string();
}

void check_dates(const Json& drafted, const LawDates& shipped) {
  const auto& dates = drafted.at("applies_from");
  CHECK(shipped.is_disputed == (dates.at("certainty") == "disputed"));
  // The EU database was one day "for all" in the draft, though it waits for what is registered.
  if (drafted.at("article") == "71") {
    CHECK(day_of(shipped.formal) == dates.at("all"));
    return;
  }
  CHECK(day_of(shipped.all) == text_or_empty(dates, "all"));
  CHECK(day_of(shipped.annex_iii) == text_or_empty(dates, "annex_iii"));
  CHECK(day_of(shipped.annex_i) == text_or_empty(dates, "annex_i"));
  CHECK(day_of(shipped.formal) == text_or_empty(dates, "formal"));
}

Texts shipped_roles(const Json& drafted) {
  Texts out;
  for (const auto& role : drafted.at("bound_role")) {
    // Any operator is everybody; systemic risk is a property of the model, not a role.
    if (role == "any_operator") return {};
    out.push_back(role == "gpai_provider_systemic" ? "gpai_provider" : role.get<std::string>());
  }
  return out;
}

TEST_CASE("obligations are those of the draft, but for what was corrected") {
  const auto drafted = draft("eu_ai_act.yaml");
  if (!drafted) return;
  const auto& law = rulebook("eu_ai_act");
  const auto kinds = names("aia-", other_kinds);
  const auto reach = names("aia-", other_reach);
  std::size_t at = 0;
  for (const auto& each : drafted->at("obligations")) {
    const auto id = each.at("id").get<std::string>();
    CAPTURE(id);
    REQUIRE(at < law.demands.size());
    const auto& shipped = law.demands[at++];
    REQUIRE(shipped.id == id);
    CHECK(shipped.article == each.at("article"));
    CHECK(shipped.paragraph == each.at("paragraph"));
    CHECK(shipped.title == each.at("title"));
    CHECK(shipped.roles == shipped_roles(each));
    const auto scope = each.at("scope").get<std::string>();
    CHECK(shipped.scope == (scope == "all_ai_systems" ? "" : scope));
    CHECK((shipped.kinds != each.at("evidence_kinds").get<Texts>()) == (kinds.count(id) == 1));
    CHECK((to_string(shipped.reach) != each.at("lexecon")) == (reach.count(id) == 1));
    CHECK(shipped.retention.value_or("") == text_or_empty(each, "retention"));
    CHECK(shipped.deadline.value_or("") == text_or_empty(each, "deadline"));
    CHECK(shipped.oscal_control.value_or("") == text_or_empty(each, "oscal_control"));
    CHECK(shipped.penalty_tier.has_value() == each.contains("penalty_tier"));
    check_dates(each, shipped.dates.back());
  }
  CHECK(at == law.demands.size());
}

TEST_CASE(
    "items of Annex IV are those of the draft, and declarations stand where they are needed") {
  const auto drafted = draft("annex_iv.yaml");
  if (!drafted) return;
  const auto& annex = rulebook("annex_iv");
  std::size_t at = 0;
  for (const auto& each : drafted->at("items")) {
    REQUIRE(at < annex.demands.size());
    const auto& shipped = annex.demands[at++];
    CAPTURE(shipped.id);
    CHECK(shipped.id == each.at("id"));
    CHECK(shipped.duty == each.at("item"));
    CHECK(shipped.condition == each.at("conditional").get<std::string>());
    CHECK(shipped.source == each.at("source").get<std::string>());
    CHECK(shipped.fields == each.at("suggested_fields").get<Texts>());
  }
  CHECK(at == annex.demands.size());
}

/// "Art.5(1)(c)" as 5.1.c, "GOVERN 1.1" as GOVERN-1.1: ids that entries can name.
std::string identifier(std::string id) {
  if (id.starts_with("Art.")) id.erase(0, 4);
  std::string out;
  for (const char c : id) {
    if (c == ')') continue;
    out += c == '(' ? '.' : c == ' ' ? '-' : c;
  }
  return out == "164.312.e.1" ? "164.312.e" : out;
}

TEST_CASE("controls are mapped as in the draft, but for what was corrected") {
  const auto drafted = draft("frameworks.yaml");
  if (!drafted) return;
  // Headings that are no criteria: their mappings went to the criteria below them.
  const Names headings{"P4.0", "P8.0"};
  // An escalation tells nobody outside, a token secures no line, an override corrects no personal data.
  const Names narrower{"16",      "33",        "34",    "164.404", "164.408",
                       "164.410", "164.312.e", "A.8.3", "A.8.4",   "RS.CO-02"};
  for (const auto& framework : drafted->at("frameworks")) {
    const auto& book = rulebook(framework.at("id").get<std::string>());
    for (const auto& each : framework.at("controls")) {
      const auto id = identifier(each.at("id").get<std::string>());
      CAPTURE(book.id);
      CAPTURE(id);
      const auto* shipped = book.find(id);
      CHECK((shipped == nullptr) == (headings.count(id) == 1));
      if (shipped == nullptr) continue;
      CHECK(shipped->title == each.at("title"));
      const bool is_narrower = narrower.count(id) == 1 && book.id != "iso27001";
      if (!is_narrower) CHECK(shipped->strength == each.at("strength"));
      for (const auto& kind : each.at("primitives").get<Texts>()) {
        const bool is_there =
            std::find(shipped->kinds.begin(), shipped->kinds.end(), kind) != shipped->kinds.end();
        if (!is_narrower) CHECK_MESSAGE(is_there, kind);
      }
    }
  }
}

}  // namespace
}  // namespace lexecon::compliance
