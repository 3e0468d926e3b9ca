#include "decision/why_not.hpp"

#include <doctest/doctest.h>

#include "decision/nearest.hpp"

namespace lexecon::decision {
namespace {

constexpr const char* small = R"(policy_id: pol_small_v1
version: 1.0.0
relations:
  - {id: pays, type: permits, subject: actor:a, action: action:pay, object: "resource:account:*", when: context.amount < 100 && tool == "bank", justification: test}
  - {id: not-at-large, type: requires, action: action:pay, requirement: two_people, met_when: context.checked || context.sum < 5}
  - {id: approved-ones, type: permits, subject: actor:a, action: action:send, when: context.approved_by == "boss" || risk.score < 10, justification: test}
  - {id: others-file, type: permits, subject: actor:b, action: action:file, justification: test}
)";

ActiveSet small_set() {
  return load_set(std::vector<SetFile>{
      {"node.yaml", "id: demo\n"}, {"policies/small.yaml", small}, {"risk.yaml", "{}\n"}});
}

WhyNot searched(const Json& document) {
  return why_not(parse_request(document), small_set(), {}, Timestamp{0});
}

/// "/action=\"action:pay\" /tool=\"bank\"", or "none".
std::string change_of(const WhyNot& found) {
  if (!found.change) return "none";
  std::string out;
  for (const auto& each : found.change->fields) {
    out += (out.empty() ? "" : " ") + each.field + "=" + each.value.dump();
  }
  return out;
}

Json paying(const Json& context) {
  return {{"actor", "a"}, {"action", "pay"}, {"resource", "account:1"}, {"context", context}};
}

}  // namespace

TEST_SUITE("decision/why_not") {
  TEST_CASE("one field before two, and the shorter value") {
    auto request = paying({{"amount", 500}, {"sum", 1}});
    request["tool"] = "bank";
    CHECK(change_of(searched(request)) == "/context/amount=99");
    request["tool"] = "abacus";
    CHECK(change_of(searched(request)) == R"(/context/amount=99 /tool="bank")");
    request["resource"] = "till";
    const auto three = searched(request);
    CHECK(change_of(three) == "none");
    CHECK(three.complete);
    CHECK(three.judged > 10);
  }

  TEST_CASE("a requirement is met by a measure, never by a claim") {
    auto request = paying({{"amount", 5}, {"sum", 50}, {"checked", false}});
    request["tool"] = "bank";
    CHECK(change_of(searched(request)) == "/context/sum=4");
  }

  TEST_CASE("never the actor, a lower risk or a claimed approval") {
    CHECK(change_of(searched({{"actor", "a"}, {"action", "send"}, {"risk", {{"security", 50}}}})) ==
          "none");
    CHECK(change_of(searched({{"actor", "a"}, {"action", "file"}})) == "none");
  }

  TEST_CASE("what is found is approved when it is judged, and every field is one that may change") {
    const auto set = small_set();
    for (const int amount : {1, 99, 100, 5000}) {
      for (const auto* tool : {"bank", "abacus"}) {
        auto document = paying({{"amount", amount}, {"sum", 5}});
        document["tool"] = tool;
        const auto found = searched(document);
        if (!found.change) continue;
        for (const auto& each : found.change->fields) {
          document[Json::json_pointer(each.field)] = each.value;
        }
        const auto verdict = judge(parse_request(document), &set, {}, Timestamp{0});
        CHECK(verdict.outcome == policy::Outcome::approved);
        CHECK(document["actor"] == "a");
      }
    }
  }

  TEST_CASE("the nearest permits are those for the actor, then those of which the least fails") {
    const auto request = parse_request(paying({{"amount", 500}}));
    const auto near = nearest_permits(request, small_set(), {}, Timestamp{0});
    REQUIRE(near.size() == 3);
    CHECK(near[0].relation == "pays");
    CHECK(near[0].failed.size() == 1);
    CHECK(near[1].relation == "approved-ones");
    CHECK(near[2].relation == "others-file");
    CHECK(near[2].failed.front() == "actor actor:a, wanted actor:b");
    auto covered = paying({{"amount", 5}});
    covered["tool"] = "bank";
    CHECK(nearest_permits(parse_request(covered), small_set(), {}, Timestamp{0}).empty());
  }
}

}  // namespace lexecon::decision
