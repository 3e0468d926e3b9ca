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
  CHECK(json::canonical(to_json(Facts{})) == R"({"approvals":[],"exceptions":[],"guard":null})");
}

TEST_CASE("facts read back are the same facts") {
  const std::string text =
      R"({"approvals":[{"operator":"ann","requirement":"dual","seq":7}],)"
      R"("exceptions":[{"expires_at":"2026-01-01T00:00:00.000000Z","override_id":"ovr_1",)"
      R"("relations":["a","b"]},{"expires_at":null,"override_id":"ovr_2","relations":[]}],)"
      R"("guard":"budget_exceeded"})";
  const auto facts = parse_facts(json::parse(text));
  CHECK(facts.approvals.at(0).operator_id == "ann");
  CHECK(facts.approvals.at(0).seq == 7);
  CHECK(facts.exceptions.at(0).relations.size() == 2);
  CHECK_FALSE(facts.exceptions.at(1).expires_at.has_value());
  CHECK(facts.guard == policy::ReasonCode::budget_exceeded);
  CHECK(json::canonical(to_json(facts)) == text);
}

TEST_CASE("facts of another shape are refused") {
  for (
      const auto* text : {
          R"({})",
          R"({"approvals":[],"exceptions":[]})",
          R"({"approvals":{},"exceptions":[],"guard":null})",
          R"({"approvals":[],"exceptions":[],"guard":null,"more":1})",
          R"({"approvals":[],"exceptions":[],"guard":"permitted"})",
          R"({"approvals":[],"exceptions":[],"guard":"no_policy_in_force"})",
          R"({"approvals":[],"exceptions":[],"guard":"stop"})",
          R"({"approvals":[],"exceptions":[],"guard":1})",
          R"({"approvals":[{"operator":"a","requirement":"b"}],"exceptions":[],"guard":null})",
          R"({"approvals":[{"operator":"a","requirement":"b","seq":-1}],"exceptions":[],"guard":null})",
          R"({"approvals":[{"operator":"a","requirement":"b","seq":1,"x":1}],"exceptions":[],"guard":null})",
          R"({"approvals":[],"exceptions":[{"override_id":"o","relations":[]}],"guard":null})",
          R"({"approvals":[],"exceptions":[{"override_id":"o","expires_at":null}],"guard":null})",
          R"({"approvals":[],"exceptions":[{"override_id":"o","relations":[],"expires_at":"2026"}],"guard":null})",
      }) {
    CAPTURE(text);
    CHECK_THROWS_AS(static_cast<void>(parse_facts(json::parse(text))), Error);
  }
}

}  // namespace
}  // namespace lexecon::decision

TEST_SUITE_END();
