#include "compliance/profile.hpp"

#include <doctest/doctest.h>

#include "json/json.hpp"

using namespace lexecon;
using compliance::Profile;

namespace {

Profile triage() {
  return {.system = "triage",
          .actors = {"actor:agent:*"},
          .models = {},
          .tools = {"crm", "mail*"},
          .tenants = {},
          .roles = {"deployer"},
          .route = "annex_iii",
          .annex_iii = {"5(b)"},
          .transparency = {},
          .exceptions = {},
          .profiling = false,
          .placed_on = Date{2026, 3, 1},
          .changed_on = {},
          .size_class = "sme",
          .public_body = true,
          .financial_institution = {},
          .law_enforcement = {},
          .systemic_risk = {},
          .member_states = {"AT", "DE"}};
}

}  // namespace

TEST_SUITE("compliance/profile") {
  TEST_CASE("a profile is the same after it was told and read") {
    CHECK(compliance::profile_from(compliance::to_data(triage())) == triage());
    auto other = triage();
    other.changed_on = Date{2027, 1, 2};
    other.financial_institution = false;
    other.law_enforcement = true;
    other.systemic_risk = true;
    other.models = {"m@1"};
    other.tenants = {"acme"};
    other.transparency = {"interaction"};
    other.exceptions = {"a"};
    CHECK(compliance::profile_from(compliance::to_data(other)) == other);
    CHECK(compliance::to_data(triage()).at("placed_on") == "2026-03-01");
  }

  TEST_CASE("each list that is not empty has to have what a decision names") {
    const auto profile = triage();
    CHECK(profile.selects({.actor = "actor:agent:a", .model = "m", .tool = "crm", .tenant = "x"}));
    CHECK(profile.selects({.actor = "actor:agent:", .model = "", .tool = "mailer", .tenant = ""}));
    CHECK_FALSE(
        profile.selects({.actor = "actor:human:a", .model = "", .tool = "crm", .tenant = ""}));
    CHECK_FALSE(
        profile.selects({.actor = "actor:agent:a", .model = "", .tool = "crm2", .tenant = ""}));
    CHECK_FALSE(profile.selects({.actor = "actor:agent:a", .model = "", .tool = "", .tenant = ""}));
    auto any = triage();
    any.actors = {"*"};
    any.tools = {"*"};
    CHECK(any.selects({.actor = "actor:x", .model = "", .tool = "", .tenant = ""}));
    any.models = {"m@1"};
    CHECK_FALSE(any.selects({.actor = "actor:x", .model = "m@10", .tool = "", .tenant = ""}));
  }

  TEST_CASE("an exception takes a system out of Annex III only where nobody is profiled") {
    auto profile = triage();
    CHECK(profile.is_high_risk());
    profile.exceptions = {"a"};
    CHECK_FALSE(profile.is_high_risk());
    profile.profiling = true;
    CHECK(profile.is_high_risk());
    profile.profiling = std::nullopt;
    CHECK(profile.is_high_risk());
    profile.route = "annex_i";
    profile.profiling = false;
    CHECK(profile.is_high_risk());
    for (const char* route : {"gpai", "none", "transparency"}) {
      profile.route = route;
      CHECK_FALSE(profile.is_high_risk());
    }
  }

  TEST_CASE("what no profile may say has a sentence") {
    CHECK_FALSE(compliance::profile_fault(triage()));
    auto profile = triage();
    profile.annex_iii.clear();
    CHECK(compliance::profile_fault(profile) == "expected a point of Annex III, as in 5(b)");
    profile = triage();
    profile.exceptions = {"b"};
    profile.profiling = true;
    CHECK(compliance::profile_fault(profile));
    profile = triage();
    profile.actors.clear();
    profile.tools.clear();
    CHECK(compliance::profile_fault(profile) ==
          "expected an actor, a model, a tool or a tenant; `*` is every one");
  }
}
