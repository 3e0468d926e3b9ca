#include "decision/facts.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"

TEST_SUITE_BEGIN("decision/facts");

namespace lexecon::decision {
namespace {

TEST_CASE("no facts are written as such") {
  CHECK(json::canonical(to_json(Facts{})) ==
        R"({"approvals":[],"exceptions":[],"guard":null,"limits":[],"registry":null})");
}

TEST_CASE("facts read back are the same facts") {
  const std::string text =
      R"({"approvals":[{"operator":"ann","requirement":"dual","seq":7}],)"
      R"("exceptions":[{"expires_at":"2026-01-01T00:00:00.000000Z","override_id":"ovr_1",)"
      R"("relations":["a","b"]},{"expires_at":null,"override_id":"ovr_2","relations":[]}],)"
      R"("guard":"budget_exceeded","limits":[{"allowed":5,"name":"calls","used":5}],)"
      R"("registry":{"model":"approved","prompt":null}})";
  const auto facts = parse_facts(json::parse(text));
  CHECK(facts.approvals.at(0).operator_id == "ann");
  CHECK(facts.approvals.at(0).seq == 7);
  CHECK(facts.exceptions.at(0).relations.size() == 2);
  CHECK_FALSE(facts.exceptions.at(1).expires_at.has_value());
  CHECK(facts.guard == policy::ReasonCode::budget_exceeded);
  CHECK(facts.limits == std::vector<LimitFact>{{"calls", 5, 5}});
  CHECK(facts.registry == RegistryFact{RegistryState::approved, std::nullopt});
  CHECK(json::canonical(to_json(facts)) == text);
}

TEST_CASE("facts of another shape are refused") {
  for (
      const auto* text : {
          R"({})",
          R"({"approvals":[],"exceptions":[],"limits":[],"registry":null})",
          R"({"approvals":[],"exceptions":[],"guard":null,"limits":[]})",
          R"({"approvals":[],"exceptions":[],"guard":null,"registry":null})",
          R"({"approvals":[],"exceptions":[],"guard":null,"limits":{},"registry":null})",
          R"({"approvals":[],"exceptions":[],"guard":null,"limits":[{"allowed":1,"name":"a"}],"registry":null})",
          R"({"approvals":[],"exceptions":[],"guard":null,"limits":[{"allowed":1,"name":"a","used":-1}],"registry":null})",
          R"({"approvals":[],"exceptions":[],"guard":null,"limits":[],"registry":{"model":null}})",
          R"({"approvals":[],"exceptions":[],"guard":null,"limits":[],"registry":{"model":"new","prompt":null}})",
          R"({"approvals":[],"exceptions":[],"guard":null,"limits":[],"registry":[]})",
          R"({"approvals":{},"exceptions":[],"guard":null,"limits":[],"registry":null})",
          R"({"approvals":[],"exceptions":[],"guard":null,"more":1,"limits":[],"registry":null})",
          R"({"approvals":[],"exceptions":[],"guard":"permitted","limits":[],"registry":null})",
          R"({"approvals":[],"exceptions":[],"guard":"no_policy_in_force","limits":[],"registry":null})",
          R"({"approvals":[],"exceptions":[],"guard":"stop","limits":[],"registry":null})",
          R"({"approvals":[],"exceptions":[],"guard":1,"limits":[],"registry":null})",
          R"({"approvals":[{"operator":"a","requirement":"b"}],"exceptions":[],"guard":null,"limits":[],"registry":null})",
          R"({"approvals":[{"operator":"a","requirement":"b","seq":-1}],"exceptions":[],"guard":null,"limits":[],"registry":null})",
          R"({"approvals":[{"operator":"a","requirement":"b","seq":1,"x":1}],"exceptions":[],"guard":null,"limits":[],"registry":null})",
          R"({"approvals":[],"exceptions":[{"override_id":"o","relations":[]}],"guard":null,"limits":[],"registry":null})",
          R"({"approvals":[],"exceptions":[{"override_id":"o","expires_at":null}],"guard":null,"limits":[],"registry":null})",
          R"({"approvals":[],"exceptions":[{"override_id":"o","relations":[],"expires_at":"2026"}],"guard":null,"limits":[],"registry":null})",
      }) {
    CAPTURE(text);
    CHECK_THROWS_AS(static_cast<void>(parse_facts(json::parse(text))), Error);
  }
}

}  // namespace
}  // namespace lexecon::decision

TEST_SUITE_END();
