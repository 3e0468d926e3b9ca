#include "reporting/sections.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "service/answers.hpp"
#include "service/profiles.hpp"
#include "service/stops.hpp"
#include "unit/service/bureau.hpp"

namespace lexecon::reporting {
namespace {

/// A bureau whose agents are one system; agents of others are none.
class Scene {
 public:
  Scene() {
    compliance::Profile profile;
    profile.system = "reader";
    profile.actors = {"actor:agent:*"};
    profile.roles = {"deployer"};
    profile.route = "annex_iii";
    profile.annex_iii = {"5(b)"};
    bureau.office.pass(1);
    (void)service::set_profile(bureau.office.node(), {.profile = profile}, bureau.by("bob"),
                               bureau.office.session());
  }

  [[nodiscard]] Json report(Kind kind) {
    const auto today = date_of(bureau.now());
    return make_report(bureau.office.node(),
                       {.kind = kind,
                        .from = plus_months(today, -12),
                        .to = today,
                        .as_of = today,
                        .state_home = bureau.office.session().write.state_home});
  }

  test::Bureau bureau;
};

const Json& section(const Json& report, std::string_view id) {
  const auto& all = report.at("sections");
  const auto found =
      std::find_if(all.begin(), all.end(), [id](const Json& each) { return each.at("id") == id; });
  REQUIRE(found != all.end());
  return *found;
}

std::string fact(const Json& of, std::string_view label) {
  for (const auto& each : of.at("facts")) {
    if (each.at("label") == label) return each.at("value").get<std::string>();
  }
  return "absent";
}

/// The cell in that column of the first row whose first cell is `first`.
std::string cell(const Json& of, const std::string& first, std::size_t column) {
  for (const auto& row : of.at("table").at("rows")) {
    if (row.at("cells").at(0) == first) return row.at("cells").at(column).get<std::string>();
  }
  return "absent";
}

/// How many entries the set has that the row names whose first cell is `first`.
std::uint64_t counted(const Json& report, const Json& of, const std::string& first) {
  for (const auto& row : of.at("table").at("rows")) {
    if (row.at("cells").at(0) != first) continue;
    for (const auto& set : report.at("evidence")) {
      if (set.at("id") == row.at("evidence")) return set.at("count").get<std::uint64_t>();
    }
  }
  return 999;
}

std::uint64_t bar(const Json& of, const std::string& label) {
  for (const auto& each : of.at("figure").at("bars")) {
    if (each.at("label") == label) return each.at("value").get<std::uint64_t>();
  }
  return 999;
}

/// How many entries the set has that a fact names.
std::uint64_t count_behind(const Json& report, const Json& of, std::string_view label) {
  for (const auto& each : of.at("facts")) {
    if (each.at("label") != label) continue;
    for (const auto& set : report.at("evidence")) {
      if (set.at("id") == each.at("evidence")) return set.at("count").get<std::uint64_t>();
    }
  }
  return 999;
}

}  // namespace

TEST_SUITE("reporting/sections") {
  TEST_CASE("a system that never asked has numbers of nothing, and sentences that say so") {
    Scene scene;
    const auto pack = scene.report(Kind::article_26);
    CHECK(fact(section(pack, "outcomes"), "Decisions") == "0");
    CHECK(fact(section(pack, "response"), "Median answer") == "none");
    CHECK(fact(section(pack, "kept"), "Decisions of the system on record, of any time") == "0");
    const auto text = section(pack, "kept").at("text").dump();
    CHECK(text.find("nothing shows how long its log is") != std::string::npos);
    for (const auto& each : section(pack, "outcomes").at("figure").at("bars"))
      CHECK(each.at("value") == 0);
  }

  TEST_CASE("what was decided for others is not counted for the system") {
    Scene scene;
    (void)scene.bureau.decide(test::reading());
    (void)scene.bureau.decide(test::dropping());
    (void)scene.bureau.decide({{"actor", "actor:human:eve"}, {"action", "action:read"}});
    const auto pack = scene.report(Kind::article_26);
    const auto& outcomes = section(pack, "outcomes");
    CHECK(fact(outcomes, "Decisions") == "2");
    CHECK(count_behind(pack, outcomes, "Decisions") == 2);
    CHECK(bar(outcomes, "approved") == 1);
    CHECK(bar(outcomes, "denied") == 1);
    CHECK(counted(pack, outcomes, "forbidden") == 1);
    CHECK(bar(section(pack, "risk"), "not scored") == 2);
    CHECK(counted(pack, section(pack, "events"), "decision") == 2);
    const auto kept = [&] { return section(pack, "kept").at("text").dump(); };
    CHECK(kept().find("six months are not over for any that is here") != std::string::npos);
  }

  TEST_CASE("an answer is as old as the entries say, and an open escalation is open") {
    Scene scene;
    const auto answered = scene.bureau.decide(test::paying());
    (void)scene.bureau.decide(test::paying());
    scene.bureau.office.pass(89);
    (void)service::resolve(scene.bureau.office.node(), answered, "denied",
                           {.note = test::reason_enough, .life_seconds = {}},
                           scene.bureau.by("bob"), scene.bureau.office.session());
    const auto report = scene.report(Kind::article_14);
    const auto& response = section(report, "response");
    CHECK(fact(response, "Escalations opened") == "2");
    CHECK(fact(response, "Escalations answered") == "1");
    CHECK(fact(response, "Median answer") == "90 s");
    CHECK(fact(response, "Open at the end") == "1");
    CHECK(count_behind(report, response, "Open at the end") == 1);
    CHECK(bar(response, "below 10 minutes") == 1);
    CHECK(bar(response, "below 1 minute") == 0);
    CHECK(counted(report, section(report, "abilities"), "Art. 14(4)(d)") == 1);
    CHECK(counted(report, section(report, "overseers"), "bob") == 2);
    CHECK(counted(report, section(report, "overseers"), "vic") == 0);
  }

  TEST_CASE("a stop is of every system, and a change is by whom it was signed") {
    Scene scene;
    scene.bureau.office.pass(1);
    (void)service::stop_agents(scene.bureau.office.node(),
                               {.scope = "all", .target = {}, .reason = "drill", .note = {}},
                               scene.bureau.by("ann"), scene.bureau.office.session());
    (void)service::stop_agents(
        scene.bureau.office.node(),
        {.scope = "tenant", .target = "clinic", .reason = "script", .note = {}}, {},
        scene.bureau.office.session());
    const auto report = scene.report(Kind::article_14);
    CHECK(counted(report, section(report, "abilities"), "Art. 14(4)(e)") == 1);
    const auto dossier = scene.report(Kind::article_11);
    CHECK(fact(section(dossier, "changes"), "operator.added") == "4");
    CHECK(fact(section(dossier, "changes"), "profile.set") == "1");
  }

  TEST_CASE("the diagram has what is permitted, what was seen of it, and what nobody permitted") {
    Scene scene;
    (void)scene.bureau.decide(test::reading());
    (void)scene.bureau.decide({{"actor", "actor:agent:reader"},
                               {"action", "action:fly"},
                               {"resource", "resource:sky:a/b"}});
    const auto dossier = scene.report(Kind::article_11);
    std::uint64_t permitted_and_seen = 0;
    bool nobody_permitted = false;
    for (const auto& edge : section(dossier, "data-flow").at("figure").at("edges")) {
      if (edge.at("declared") == true && edge.at("label") == "action:read")
        permitted_and_seen = edge.at("observed");
      if (edge.at("declared") == false) {
        nobody_permitted = true;
        CHECK(edge.at("to") == "1:resource:sky:a/*");
        CHECK(edge.at("observed") == 1);
      }
    }
    CHECK(permitted_and_seen == 1);
    CHECK(nobody_permitted);
    CHECK(counted(dossier, section(dossier, "data-flow"), "nobody-drops") == 0);
    CHECK(cell(section(dossier, "traceability"), "names no provision", 1) == "agents-read");
  }

  TEST_CASE("what no record holds is the provider's to complete, whomever Article 11 binds") {
    Scene scene;
    const auto dossier = scene.report(Kind::article_11);
    const auto& list = section(dossier, "to-complete").at("to_complete");
    CHECK(list.size() == 26);
    CHECK(dossier.at("incomplete").size() == 26);
    CHECK(list.at(0).at("item") == "aiv-1.a");
    CHECK(list.at(0).at("by") == "provider");
    CHECK(list.at(0).at("fields").at(0) == "intended_purpose");
    for (const auto& row : dossier.at("rows")) {
      CHECK(row.at("applicability").at("state") == "not_applicable");  // the profile says deployer
    }
  }

  TEST_CASE("the same log gives the same sections, and more of it gives others") {
    Scene scene;
    (void)scene.bureau.decide(test::reading());
    const auto first = scene.report(Kind::article_26);
    CHECK(first == scene.report(Kind::article_26));
    (void)scene.bureau.decide(test::reading());
    CHECK(first.at("sections") != scene.report(Kind::article_26).at("sections"));
  }
}

}  // namespace lexecon::reporting
