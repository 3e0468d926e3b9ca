#include "decision/diff.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>

#include "support/policy_model.hpp"

TEST_SUITE_BEGIN("decision/diff");

namespace lexecon::test {
namespace {

using decision::ActiveSet;
using decision::Difference;
using decision::Facts;
using policy::Outcome;

ActiveSet set_of(const std::string& policy, const std::string& risk = "{}\n") {
  return decision::load_set(std::vector<decision::SetFile>{
      {"node.yaml", "id: test\n"},
      {"risk.yaml", risk},
      {"policies/p.yaml", "policy_id: pol_test_v1\nversion: 1.0.0\n" + policy}});
}

Difference between(const std::string& was, const std::string& now) {
  return decision::difference(set_of(was), set_of(now), minute(0));
}

const std::string clerks =
    "relations:\n  - {type: permits, subject: 'actor:clerk', action: 'action:read'}\n";
std::string clerks_when(const std::string& condition) {
  return "relations:\n  - {type: permits, subject: 'actor:clerk', action: 'action:read', when: '" +
         condition + "'}\n";
}

bool is_equivalent(const Difference& found) {
  return found.changes.empty() && found.unproved.empty();
}

TEST_CASE("a set is equivalent to itself, and to one that says the same otherwise") {
  CHECK(is_equivalent(between(clerks, clerks)));
  CHECK(is_equivalent(
      between(clerks,
              "relations:\n  - {id: other, type: permits, subject: 'actor:clerk', "
              "action: 'action:read', justification: said twice}\n"
              "  - {id: again, type: permits, subject: 'actor:clerk', action: 'action:read'}\n")));
  for (const auto& [one, other] : std::vector<std::pair<std::string, std::string>>{
           {"context.n > 3 && context.ok", "context.ok && !(context.n <= 3)"},
           {"context.n == 1 || context.n == 2", "context.n in [2, 1]"},
           {"has(context.n)", "!!has(context.n) || false"},
           {"tool.startsWith(\"git\") && tool != \"git\"",
            "tool != \"git\" && tool.startsWith(\"git\")"},
           {"!(\"data:pii\" in data_classes)", "\"data:pii\" in data_classes ? false : true"}}) {
    CAPTURE(one);
    CHECK(is_equivalent(between(clerks_when(one), clerks_when(other))));
  }
}

TEST_CASE("a request without a context is told from one whose context is empty") {
  const auto found =
      between(clerks_when("!has(context.n)"), clerks_when("!has(request.context.n)"));
  CHECK(found.unproved.empty());
  REQUIRE(found.changes.size() == 1);
  CHECK(found.changes[0].request.size() == 2);
  CHECK(found.changes[0].would_be.reasons[0].code == policy::ReasonCode::condition_error);
}

TEST_CASE("a changed bound is found by a value between the two") {
  const auto found = between(clerks_when("context.n < 10"), clerks_when("context.n < 20"));
  CHECK(found.unproved.empty());
  REQUIRE(found.changes.size() == 1);
  const auto& change = found.changes.front();
  CHECK(change.was.outcome == Outcome::denied);
  CHECK(change.would_be.outcome == Outcome::approved);
  CHECK(change.request.at("actor") == "actor:clerk");
  CHECK(change.request.at("context").at("n") >= 10);
  CHECK(change.request.at("context").at("n") < 20);
  CHECK(change.request.size() == 3);
}

TEST_CASE("a member that is declared is tried as what it is, and as what it is not") {
  const auto declared = [](const std::string& type, const std::string& condition) {
    return "context: {\"n\": " + type + "}\n" + clerks_when(condition);
  };
  for (const std::string type : {"string", "integer", "number", "boolean", "list", "map", "any"}) {
    CAPTURE(type);
    CHECK(is_equivalent(
        between(declared(type, "has(context.n)"), declared(type, "!!has(context.n)"))));
    CHECK(!between(declared(type, "has(context.n)"), declared(type, "!has(context.n)"))
               .changes.empty());
  }
  CHECK(!between(declared("list", "\"a\" in context.n"), declared("any", "\"a\" in context.n"))
             .changes.empty());
  CHECK(!between(declared("integer", "context.n < 9223372036854775807"),
                 declared("integer", "context.n < 5"))
             .changes.empty());
}

TEST_CASE("what is laxer stands before what is stricter") {
  const auto found = between(
      clerks, "relations:\n  - {type: permits, subject: 'actor:boss', action: 'action:read'}\n");
  REQUIRE(found.changes.size() == 2);
  CHECK(found.changes[0].request.at("actor") == "actor:boss");
  CHECK(found.changes[1].request.at("actor") == "actor:clerk");
}

TEST_CASE("groups, contents, windows, modes, approvals and thresholds are followed") {
  const std::string member =
      "terms:\n  - {id: actor:ann, type: actor, name: Ann, member_of: [actor:clerk]}\n";
  CHECK(between(clerks, member + clerks).changes.size() == 1);
  const auto of_object = [](const std::string& terms) {
    return "terms:\n  - {id: 'resource:box', type: resource, name: Box" + terms +
           "}\nrelations:\n  - {type: permits, subject: '*', action: '*'}\n"
           "  - {type: forbids, action: '*', object: 'data:pii'}\n";
  };
  const auto contents = between(of_object(""), of_object(", contains: ['data:pii']"));
  REQUIRE(contents.changes.size() == 1);
  CHECK(contents.changes[0].request.at("resource") == "resource:box");

  const auto window = between(clerks, "effective_until: 1970-01-01T00:10:00Z\n" + clerks);
  REQUIRE(!window.changes.empty());
  CHECK(window.changes[0].at == minute(10));

  const auto mode = between("mode: permissive\n" + clerks, clerks);
  REQUIRE(mode.changes.size() == 1);
  CHECK(mode.changes[0].would_be.outcome == Outcome::denied);

  const auto twice = [](int approvals, const std::string& more = "") {
    return clerks +
           "  - {type: requires, action: 'action:read', requirement: four_eyes, approvals: " +
           std::to_string(approvals) + more + "}\n";
  };
  const auto approved = between(twice(2), twice(1));
  REQUIRE(approved.changes.size() == 1);
  CHECK(approved.changes[0].facts.approvals.size() == 1);
  const auto confirmed = between(twice(1, ", on_unmet: escalate"), twice(1, ", on_unmet: deny"));
  CHECK(confirmed.changes.size() == 2);

  const auto risk =
      decision::difference(set_of(clerks), set_of(clerks, "threshold: 60\n"), minute(0));
  REQUIRE(!risk.changes.empty());
  CHECK(risk.changes[0].would_be.outcome == Outcome::escalated);
  CHECK(risk.changes[0].request.at("risk").at("security") >= 60);
  CHECK(risk.changes[0].request.at("risk").at("security") < 80);
}

TEST_CASE("what cannot be followed is said, and never called equivalent") {
  for (const std::string condition :
       {"context.n * 2 > 4", "context.a == context.b", "context.name.matches(\"^a\")",
        "context.list.exists(x, x == 1)", "facts.confirmations.size() > 0",
        "size(data_classes) > 1"}) {
    CAPTURE(condition);
    const auto found = between(clerks_when(condition), clerks_when("(" + condition + ") || false"));
    CHECK(found.changes.empty());
    CHECK(!found.unproved.empty());
  }
}

TEST_CASE("no request that two sets judge differently is missed") {
  constexpr std::uint64_t sets = 12;
  int changed = 0;
  int equivalent = 0;
  for (std::uint64_t round = 0; round < sets * static_cast<std::uint64_t>(rounds()); ++round) {
    const auto seed = first_seed() + round;
    CAPTURE(seed);
    Random random(seed);
    auto model = random_set(random);
    const auto was = load_model_set(model);
    auto& file = model.files[static_cast<std::size_t>(
        random.between(0, static_cast<std::int64_t>(model.files.size()) - 1))];
    switch (random.between(0, 4)) {
      case 0:
        file.relations.push_back(random_relation(
            random, "added",
            random.pick(std::vector<std::string>{"permits", "forbids", "requires"})));
        break;
      case 1:
        if (!file.relations.empty()) file.relations.pop_back();
        break;
      case 2:
        file.mode = random.pick(std::vector<std::string>{"permissive", "strict", "paranoid"});
        break;
      case 3:
        if (!file.terms.empty()) file.terms.pop_back();
        break;
      default:
        std::reverse(file.relations.begin(), file.relations.end());
    }
    const auto now = load_model_set(model);
    const auto from = minute(static_cast<int>(random.between(0, 50)));
    const auto found = decision::difference(was, now, from);
    for (const auto& change : found.changes) {
      const auto request = decision::parse_request(change.request);
      const auto before = decision::judge(request, &was, change.facts, change.at);
      const auto after = decision::judge(request, &now, change.facts, change.at);
      REQUIRE(before.reasons == change.was.reasons);
      REQUIRE(after.reasons == change.would_be.reasons);
      REQUIRE((before.reasons != after.reasons || before.unmet != after.unmet));
    }
    if (!found.changes.empty()) ++changed;
    if (!is_equivalent(found)) continue;
    ++equivalent;
    for (int i = 0; i < 60; ++i) {
      const auto document = random_request(random);
      auto facts = random_facts(random, model);
      facts.exceptions.clear();
      CAPTURE(document.dump());
      const auto request = decision::parse_request(document);
      const auto at = std::max(from, minute(static_cast<int>(random.between(0, 60))));
      const auto before = decision::judge(request, &was, facts, at);
      const auto after = decision::judge(request, &now, facts, at);
      REQUIRE(before.outcome == after.outcome);
      REQUIRE(before.reasons == after.reasons);
      REQUIRE(before.unmet == after.unmet);
    }
  }
  std::cout << "pairs of sets: " << changed << " changed, " << equivalent << " equivalent\n";
  CHECK(changed > 1);
  CHECK(equivalent > 1);
}

}  // namespace
}  // namespace lexecon::test
