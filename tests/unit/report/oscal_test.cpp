#include "report/oscal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "json/canonical.hpp"
#include "report/oscal_parts.hpp"
#include "unit/report/models.hpp"

namespace lexecon {
namespace {

using test::report_model;

Json results_of(const Json& model) {
  return report::assessment_results(model).at("assessment-results");
}

const Json& only_result(const Json& results) { return results.at("results").at(0); }

TEST_SUITE_BEGIN("report/oscal");

TEST_CASE("only a conclusion in force makes a finding") {
  auto model = report_model("ai_act");
  const auto results = results_of(model);
  const auto& findings = only_result(results).at("findings");
  REQUIRE(findings.size() == 1);  // the other one has expired
  CHECK(findings[0].at("target").at("status").at("state") == "satisfied");
  CHECK(findings[0].at("target").at("target-id") == "aia-12_smt");
  CHECK(results.at("metadata").at("parties").size() == 1);

  for (auto& row : model["rows"]) row["conclusion"] = nullptr;
  CHECK_FALSE(only_result(results_of(model)).contains("findings"));
}

TEST_CASE("a conclusion of nobody makes no finding") {
  auto model = report_model("ai_act");
  for (auto& row : model["rows"]) {
    if (!row["conclusion"].is_null()) row["conclusion"]["by"] = "";
  }
  CHECK_FALSE(only_result(results_of(model)).contains("findings"));
}

TEST_CASE("every row is an observation, and its evidence leads to a set of entries") {
  const auto model = report_model("ai_act");
  const auto results = results_of(model);
  std::set<std::string> resources;
  for (const auto& each : results.at("back-matter").at("resources")) {
    resources.insert("#" + each.at("uuid").get<std::string>());
  }
  const auto& observations = only_result(results).at("observations");
  CHECK(observations.size() == model.at("rows").size());
  std::size_t links = 0;
  for (const auto& observation : observations) {
    if (!observation.contains("relevant-evidence")) continue;
    for (const auto& each : observation.at("relevant-evidence")) {
      if (!each.contains("href")) continue;
      CHECK(resources.count(each.at("href").get<std::string>()) == 1);
      ++links;
    }
  }
  CHECK(links > 4);
  CHECK(resources.count(results.at("import-ap").at("href").get<std::string>()) == 1);
}

TEST_CASE("a plan has an item for each gap, and none is an error") {
  auto model = report_model("ai_act");
  const auto plan = report::plan_of_action(model).at("plan-of-action-and-milestones");
  CHECK(plan.at("poam-items").size() == 3);
  CHECK(plan.at("risks")[0].at("deadline") == "2027-02-01T23:59:59Z");
  CHECK(plan.at("risks")[0].at("remediations")[0].at("lifecycle") == "planned");
  CHECK(plan.at("risks")[1].at("remediations")[0].at("lifecycle") == "recommendation");
  for (auto& row : model["rows"]) row["gap"] = nullptr;
  CHECK_THROWS_AS(static_cast<void>(report::plan_of_action(model)), Error);
}

TEST_CASE("UUIDs are those of the report: the same again, others of another root") {
  auto model = report_model("ai_act");
  const auto first = results_of(model);
  CHECK(first == results_of(model));
  model["header"]["ledger"]["root_hash"] = std::string(64, '0');
  CHECK(first.at("uuid") != results_of(model).at("uuid"));
  const auto uuid = first.at("uuid").get<std::string>();
  CHECK(uuid.size() == 36);
  CHECK(uuid[14] == '5');  // the version
}

TEST_CASE("texts of anybody become texts of OSCAL") {
  CHECK(report::oscal_line(" a\nb ") == "a\\u{a}b");
  CHECK(report::oscal_line("  ") == "not said");
  CHECK(report::oscal_markup("<b> [x](y)") == "\\<b\\> \\[x\\]\\(y\\)");
  CHECK(report::oscal_token("164.312(b)") == "id-164.312-b-");
  CHECK(report::oscal_token("A.5.15") == "A.5.15");
  CHECK(report::oscal_token("") == "id-");
  CHECK(report::oscal_time("2026-11-21") == "2026-11-21T00:00:00Z");
  CHECK(report::oscal_time("2026-11-21", true) == "2026-11-21T23:59:59Z");
  CHECK(report::oscal_time("yesterday") == "1970-01-01T00:00:00Z");
  CHECK(report::without_empty({{"a", nullptr}, {"b", Json::array()}, {"c", 1}}) == Json{{"c", 1}});
}

TEST_SUITE_END();

}  // namespace
}  // namespace lexecon
