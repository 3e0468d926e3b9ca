#include "decision/test_coverage.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "decision/judge.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"

TEST_SUITE_BEGIN("decision/test_coverage");

namespace lexecon::decision {
namespace {

const Timestamp at = parse_time("2026-05-01T10:00:00Z").value();

ActiveSet set_of(const std::string& policy, const std::string& risk = "{}") {
  const std::vector<SetFile> files{
      {"node.yaml", "id: node"}, {"risk.yaml", risk}, {"policies/a.yaml", policy}};
  return load_set(files);
}

Request request_of(const std::string& context) {
  return parse_request(
      json::parse(R"({"actor":"human:a","action":"pay","context":{)" + context + "}}"));
}

std::string shown(const Seen& seen) {
  return std::string(seen.yes ? "yes" : "") + (seen.no ? "no" : "");
}

TEST_CASE("a clause is seen for requests that its relation reaches, an error neither way") {
  const auto set = set_of(
      "relations:\n"
      "  - {id: p, type: permits, subject: '*', action: 'action:pay', conditions: [context.a > 0, "
      "context.b > 0]}\n"
      "  - {id: q, type: permits, subject: '*', action: 'action:read', when: context.a > 0}\n");
  TestCoverage coverage(set);
  CHECK(coverage.add(request_of(R"("a":1,"b":0)"), {}, at).empty());
  CHECK(shown(coverage.relations()[0].when[0]) == "yes");
  CHECK(shown(coverage.relations()[0].when[1]) == "no");
  CHECK_FALSE(coverage.relations()[0].matched);
  CHECK(coverage.add(request_of(R"("b":1)"), {}, at).empty());  // a permits with an error
  CHECK(shown(coverage.relations()[0].when[0]) == "yes");
  CHECK(shown(coverage.relations()[0].when[1]) == "yesno");
  CHECK_FALSE(coverage.relations()[0].matched);
  CHECK(coverage.add(request_of(R"("a":1,"b":1)"), {}, at) == std::vector<std::string>{"p"});
  CHECK(coverage.relations()[0].matched);
  CHECK(shown(coverage.relations()[1].when[0]).empty());
}

TEST_CASE("met_when is seen where the conditions beside it hold") {
  const auto set = set_of(
      "relations:\n"
      "  - {id: r, type: requires, action: 'action:pay', requirement: t, when: context.a > 0, "
      "met_when: context.b > 0}\n");
  TestCoverage coverage(set);
  static_cast<void>(coverage.add(request_of(R"("a":0,"b":0)"), {}, at));
  CHECK(shown(coverage.relations()[0].met_when).empty());
  CHECK(coverage.add(request_of(R"("a":1,"b":1)"), {}, at) == std::vector<std::string>{"r"});
  CHECK(shown(coverage.relations()[0].met_when) == "yes");
  static_cast<void>(coverage.add(request_of(R"("a":1,"b":0)"), {}, at));
  CHECK(shown(coverage.relations()[0].met_when) == "yesno");
}

TEST_CASE("conditions see the facts, the time, and the score of the risk model") {
  const auto set = set_of(
      "relations:\n"
      "  - {id: f, type: forbids, subject: '*', action: '*', when: size(facts.confirmations) == "
      "1}\n"
      "  - {id: t, type: forbids, subject: '*', action: '*', when: now > "
      "timestamp(\"2026-05-01T09:59:59Z\")}\n"
      "  - {id: s, type: forbids, subject: '*', action: '*', when: risk.score == 7}\n",
      "factors:\n  - {name: a, when: context.a > 0, dimension: privacy, add: 7}\n");
  TestCoverage coverage(set);
  const Facts facts{{{"bob", "review", 1}}, {}, {}};
  CHECK(coverage.add(request_of(R"("a":1)"), facts, at) == std::vector<std::string>{"f", "s", "t"});
  CHECK(shown(coverage.factors()[0]) == "yes");
  CHECK(coverage.add(request_of(R"("a":0)"), {}, Timestamp{0}) == std::vector<std::string>{"s"});
  CHECK(shown(coverage.factors()[0]) == "yesno");
}

TEST_CASE("a file outside its window shows nothing") {
  const auto set = set_of(
      "effective_from: 2026-06-01T00:00:00Z\n"
      "relations:\n  - {id: p, type: permits, subject: '*', action: '*', when: context.a > 0}\n");
  TestCoverage coverage(set);
  CHECK(coverage.add(request_of(R"("a":1)"), {}, at).empty());
  CHECK(shown(coverage.relations()[0].when[0]).empty());
}

TEST_CASE("what matched is what the judge says, also above the number that it names") {
  std::string policy = "relations:\n";
  for (int i = 0; i < 40; ++i) {
    policy += "  - {id: p" + std::to_string(i) + ", type: permits, subject: '*', action: '*'" +
              (i % 3 == 0 ? ", when: context.a > 0}\n" : "}\n");
  }
  const auto set = set_of(policy);
  for (const auto* context : {R"("a":0)", R"("a":1)", R"("b":1)"}) {
    CAPTURE(context);
    const auto request = request_of(context);
    TestCoverage coverage(set);
    const auto matched = coverage.add(request, {}, at);
    const auto verdict = judge(request, &set, {}, at);
    CHECK(matched.size() == verdict.matched_count);
    for (const auto& id : verdict.matched) {
      CHECK(std::find(matched.begin(), matched.end(), id) != matched.end());
    }
  }
}

}  // namespace
}  // namespace lexecon::decision
