#include "compliance/applicability.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "compliance/scope.hpp"

using namespace lexecon;
using compliance::Applicability;
using compliance::Profile;
using compliance::rulebook;
using State = Applicability::State;

namespace {

Date on(const std::string& text) { return parse_date(text).value(); }

/// A provider and deployer of an Annex III system that is not yet on the market.
Profile triage() {
  Profile out;
  out.system = "triage";
  out.actors = {"*"};
  out.roles = {"deployer", "provider"};
  out.route = "annex_iii";
  out.annex_iii = {"5(b)"};
  out.profiling = true;
  out.public_body = false;
  return out;
}

Applicability asked(const std::string& id, const Profile& profile, const std::string& as_of) {
  const auto& act = rulebook("eu_ai_act");
  return applicability_of(*act.find(id), profile, act, on(as_of));
}
State state(const std::string& id, const Profile& profile,
            const std::string& as_of = "2026-11-21") {
  return asked(id, profile, as_of).state;
}

}  // namespace

TEST_SUITE("compliance/applicability") {
  TEST_CASE("before 2 December 2027 Article 12 is not yet for an Annex III system") {
    const auto before = asked("aia-12.1", triage(), "2027-12-01");
    CHECK(before.state == State::not_yet);
    CHECK(before.from == on("2027-12-02"));
    auto profile = triage();
    profile.placed_on = on("2027-12-02");
    CHECK(state("aia-12.1", profile, "2027-12-02") == State::applies);
  }

  TEST_CASE("the law of the day decides: in May 2026 the dates were those as published") {
    CHECK(asked("aia-12.1", triage(), "2026-05-01").from == on("2026-08-02"));
    CHECK(asked("aia-12.1", triage(), "2026-07-27").from == on("2027-12-02"));
    CHECK(state("aia-5.1.ba", triage(), "2026-07-26") == State::not_applicable);
    CHECK(asked("aia-5.1.ba", triage(), "2026-07-26").reason ==
          "not in the law in force on 2026-07-26, 2024/1689");
    CHECK(state("aia-5.1.ba", triage(), "2026-07-27") == State::not_yet);
    CHECK(state("aia-5.1.ba", triage(), "2026-12-02") == State::applies);
    CHECK_THROWS_AS((void)asked("aia-12.1", triage(), "2024-07-31"), Error);
  }

  TEST_CASE("Annex I systems have until 2 August 2028") {
    auto profile = triage();
    profile.route = "annex_i";
    profile.annex_iii.clear();
    CHECK(asked("aia-12.1", profile, "2028-08-01").from == on("2028-08-02"));
    CHECK(state("aia-86.1", profile) == State::not_applicable);
    CHECK(state("aia-11.2", profile) == State::not_yet);
    CHECK(state("aia-11.2", triage()) == State::not_applicable);
  }

  TEST_CASE("between its two dates a disputed demand is disputed, and both are told") {
    const auto found = asked("aia-73.1", triage(), "2026-11-21");
    CHECK(found.state == State::disputed);
    CHECK(found.from == on("2027-12-02"));
    CHECK(found.formal == on("2026-08-02"));
    CHECK(asked("aia-73.1", triage(), "2026-08-01").state == State::not_yet);
    auto profile = triage();
    profile.placed_on = on("2028-01-01");
    CHECK(asked("aia-73.1", profile, "2028-01-02").state == State::applies);
  }

  TEST_CASE("a role that the profile does not have is not bound") {
    auto profile = triage();
    profile.roles = {"deployer"};
    const auto found = asked("aia-12.1", profile, "2026-11-21");
    CHECK(found.state == State::not_applicable);
    CHECK(found.reason == "binds the provider; the profile says deployer");
    CHECK(state("aia-26.6", profile) == State::not_yet);
    CHECK(state("aia-5.1.c", profile) == State::applies);
    profile.roles.clear();
    CHECK(state("aia-26.6", profile) == State::unknown);
  }

  TEST_CASE("an exception of Article 6(3) lifts what is high-risk, and asks for its own") {
    auto profile = triage();
    profile.profiling = false;
    profile.exceptions = {"a"};
    const auto found = asked("aia-12.1", profile, "2026-11-21");
    CHECK(found.state == State::not_applicable);
    CHECK(found.reason.find("Art. 6(3)(a)") != std::string::npos);
    for (const auto* id : {"aia-6.3", "aia-6.4"}) CHECK(state(id, profile) == State::not_yet);
    CHECK(state("aia-49.2", profile) == State::disputed);
    CHECK(state("aia-49.1", profile) == State::not_applicable);
    for (const auto* id : {"aia-6.3", "aia-6.4", "aia-49.2"}) {
      CHECK(state(id, triage()) == State::not_applicable);
    }
  }

  TEST_CASE("what was on the market before is caught after a significant change alone") {
    auto profile = triage();
    profile.placed_on = on("2026-03-01");
    CHECK(state("aia-12.1", profile, "2027-12-01") == State::not_yet);
    const auto found = asked("aia-12.1", profile, "2027-12-02");
    CHECK(found.state == State::not_applicable);
    CHECK(found.reason.find("Art. 111(2)") != std::string::npos);
    profile.changed_on = on("2027-12-01");
    CHECK(state("aia-12.1", profile, "2027-12-02") == State::not_applicable);
    profile.changed_on = on("2028-02-01");
    CHECK(state("aia-12.1", profile, "2028-01-31") == State::not_yet);
    CHECK(state("aia-12.1", profile, "2028-02-01") == State::applies);
  }

  TEST_CASE("older systems of public bodies have until 2 August 2030") {
    auto profile = triage();
    profile.placed_on = on("2026-03-01");
    profile.public_body = true;
    CHECK(asked("aia-12.1", profile, "2028-01-01").from == on("2030-08-02"));
    CHECK(state("aia-12.1", profile, "2030-08-01") == State::not_yet);
    CHECK(state("aia-12.1", profile, "2030-08-02") == State::applies);
    profile.public_body = {};
    CHECK(state("aia-12.1", profile, "2028-01-01") == State::unknown);
  }

  TEST_CASE("without a day of placing nobody knows whether it was there before") {
    CHECK(state("aia-12.1", triage(), "2027-12-02") == State::unknown);
  }

  TEST_CASE("older general-purpose models comply from 2 August 2027") {
    Profile profile;
    profile.system = "model";
    profile.roles = {"gpai_provider"};
    profile.route = "gpai";
    CHECK(state("aia-53.1.a", profile) == State::unknown);
    profile.placed_on = on("2025-08-01");
    CHECK(asked("aia-53.1.a", profile, "2026-11-21").from == on("2027-08-02"));
    CHECK(state("aia-53.1.a", profile, "2027-08-02") == State::applies);
    profile.placed_on = on("2025-08-02");
    CHECK(state("aia-53.1.a", profile) == State::applies);
    CHECK(state("aia-55.1.a", profile) == State::unknown);
    profile.systemic_risk = false;
    CHECK(state("aia-55.1.a", profile) == State::not_applicable);
    profile.systemic_risk = true;
    CHECK(state("aia-55.1.a", profile) == State::applies);
    CHECK(state("aia-53.1.a", triage()) == State::not_applicable);
  }

  TEST_CASE("synthetic content of older systems is marked from 2 December 2026") {
    auto profile = triage();
    profile.transparency = {"synthetic_content"};
    profile.placed_on = on("2026-08-01");
    CHECK(state("aia-50.2", profile, "2026-12-01") == State::not_yet);
    CHECK(state("aia-50.2", profile, "2026-12-02") == State::applies);
    profile.placed_on = on("2026-08-02");
    CHECK(state("aia-50.2", profile, "2026-08-02") == State::applies);
  }

  TEST_CASE("of Article 50 the cases that the profile names apply") {
    auto profile = triage();
    profile.transparency = {"deep_fake"};
    CHECK(state("aia-50.4.a", profile) == State::applies);
    CHECK(state("aia-50.4.b", profile) == State::not_applicable);
    CHECK(state("aia-50.1", profile) == State::not_applicable);
    CHECK(state("aia-50.5", profile) == State::applies);
    CHECK(state("aia-50.5", triage()) == State::not_applicable);
  }

  TEST_CASE("an impact assessment is of public bodies, of 5(b) and 5(c), and never of point 2") {
    CHECK(state("aia-27.1.a", triage()) == State::not_yet);
    auto profile = triage();
    profile.annex_iii = {"4(a)"};
    CHECK(state("aia-27.1.a", profile) == State::unknown);
    profile.public_body = true;
    CHECK(state("aia-27.1.a", profile) == State::not_yet);
    profile.annex_iii = {"2"};
    CHECK(state("aia-27.1.a", profile) == State::not_applicable);
    CHECK(state("aia-86.1", profile) == State::not_applicable);
  }

  TEST_CASE("points of Annex III narrow what is asked") {
    auto profile = triage();
    CHECK(state("aia-12.3.a", profile) == State::not_applicable);
    CHECK(state("aia-43.2", profile) == State::disputed);
    CHECK(state("aia-43.1", profile) == State::not_applicable);
    profile.annex_iii = {"1(a)"};
    CHECK(state("aia-12.3.a", profile) == State::not_yet);
    CHECK(state("aia-43.1", profile) == State::disputed);
    CHECK(state("aia-26.10", profile) == State::unknown);
    CHECK(state("aia-49.4", profile) == State::unknown);
    profile.law_enforcement = true;
    CHECK(state("aia-26.10", profile) == State::not_yet);
    CHECK(state("aia-49.4", profile) == State::disputed);
    profile.law_enforcement = false;
    CHECK(state("aia-26.10", profile) == State::not_applicable);
  }

  TEST_CASE("what the profile does not say stays unknown") {
    auto profile = triage();
    profile.financial_institution = {};
    CHECK(state("aia-18.3", profile) == State::unknown);
    profile.financial_institution = false;
    CHECK(state("aia-18.3", profile) == State::not_applicable);
    profile.public_body = {};
    CHECK(state("aia-26.8", profile) == State::unknown);
    profile.route.clear();
    CHECK(state("aia-12.1", profile) == State::unknown);
    CHECK(state("aia-50.1", profile) == State::unknown);
  }

  TEST_CASE("a system of no route has what is asked of everybody") {
    auto profile = triage();
    profile.route = "none";
    profile.annex_iii.clear();
    CHECK(state("aia-4.1", profile) == State::applies);
    CHECK(state("aia-5.1.a", profile) == State::applies);
    CHECK(state("aia-12.1", profile) == State::not_applicable);
    CHECK(state("aia-6.2", profile) == State::not_yet);
  }

  TEST_CASE(
      "every demand of every law has an answer with a reason, whatever the profile and the day") {
    std::vector<Profile> profiles{triage(), Profile{}};
    for (const auto* route : {"annex_i", "gpai", "none", "transparency"}) {
      profiles.push_back(triage());
      profiles.back().route = route;
      profiles.back().annex_iii.clear();
      profiles.back().roles = {"gpai_provider", "importer"};
    }
    for (const auto* book : {"eu_ai_act", "annex_iv"}) {
      const auto& act = rulebook(book);
      for (const auto& demand : act.demands) {
        for (const auto& profile : profiles) {
          for (const auto* day : {"2025-01-01", "2026-11-21", "2031-01-01"}) {
            CAPTURE(demand.id);
            CHECK_FALSE(applicability_of(demand, profile, act, on(day)).reason.empty());
          }
        }
      }
    }
  }
}
