#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>

#include "decision/judge.hpp"
#include "decision/record.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "support/policy_model.hpp"

TEST_SUITE_BEGIN("decision/judge_property");

namespace lexecon::test {
namespace {

using decision::Facts;
using decision::Request;
using decision::Verdict;
using policy::Outcome;

constexpr int sets_against_naive = 2'000;
// Each round loads two or three sets, which is what a round costs.
constexpr int rounds = 200;

Verdict judged(const Json& request, const ModelSet& set, const Facts& facts, Timestamp at) {
  const auto active = load_model_set(set);
  return decision::judge(decision::parse_request(request), &active, facts, at);
}

std::string data_of(const Json& document, const Facts& facts, const Verdict& verdict) {
  const auto request = decision::parse_request(document);
  return json::canonical(decision::decision_data(
      {"dec_01J0000000000000000000000A", Timestamp{}, "cli", request, facts, verdict, {}}));
}

std::set<std::string> as_set(const std::vector<std::string>& list) {
  return {list.begin(), list.end()};
}

/// One random question; everything in it comes from the seed.
struct Case {
  explicit Case(std::uint64_t seed) : random(seed) {
    set = random_set(random);
    request = random_request(random);
    facts = random_facts(random, set);
    at = minute(static_cast<int>(random.between(0, 40)));
    active = load_model_set(set);
    verdict = decision::judge(decision::parse_request(request), &active, facts, at);
  }
  [[nodiscard]] ModelFile& some_file() {
    const auto last = static_cast<std::int64_t>(set.files.size()) - 1;
    return set.files[static_cast<std::size_t>(random.between(0, last))];
  }
  [[nodiscard]] Verdict again() const { return judged(request, set, facts, at); }

  Random random;
  ModelSet set;
  Json request;
  Facts facts;
  Timestamp at;
  decision::ActiveSet active;  // of `set` as it was drawn
  Verdict verdict;
};

TEST_CASE("the indexed judge agrees with a naive one") {
  std::map<std::string, int> reasons;
  for (std::uint64_t seed = 1; seed <= sets_against_naive; ++seed) {
    CAPTURE(seed);
    Case one(seed);
    for (int i = 0; i < 4; ++i) {
      const auto document = i == 0 ? one.request : random_request(one.random);
      const auto request = decision::parse_request(document);
      const auto verdict = decision::judge(request, &one.active, one.facts, one.at);
      const auto naive = judge_naively(request, one.set, one.facts, one.at);
      CAPTURE(document.dump());
      REQUIRE(policy::to_string(verdict.outcome) == naive.outcome);
      REQUIRE(policy::to_string(verdict.reason) == naive.reason);
      REQUIRE(as_set(verdict.matched) == naive.matched);
      REQUIRE(verdict.matched_count == naive.matched.size());
      REQUIRE(as_set(verdict.unmet) == naive.unmet);
      REQUIRE(as_set(verdict.owners) == naive.owners);
      std::set<std::string> codes;
      for (const auto& reason : verdict.reasons) codes.emplace(policy::to_string(reason.code));
      REQUIRE(codes == naive.reasons);
      ++reasons[naive.reason];
    }
  }
  std::cout << "judged as by the naive judge:";
  for (const auto& [reason, count] : reasons) std::cout << " " << reason << " " << count;
  std::cout << "\n";
  // Every reason that this version can give was given: the comparison is not empty anywhere.
  for (const auto* reason :
       {"rate_limited", "no_policy_in_force", "forbidden", "not_permitted", "requirement_denied",
        "risk_threshold", "human_confirmation_required", "requirement_escalated",
        "requirement_unmet", "condition_error", "human_confirmed", "permitted", "not_forbidden"}) {
    CHECK_MESSAGE(reasons[reason] > 0, reason);
  }
}

TEST_CASE("judging twice gives the same verdict, byte for byte") {
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    CAPTURE(seed);
    const Case one(seed);
    const auto again = one.again();
    REQUIRE(data_of(one.request, one.facts, one.verdict) == data_of(one.request, one.facts, again));
    REQUIRE(one.verdict.trace.size() == again.trace.size());
    for (std::size_t i = 0; i < again.trace.size(); ++i) {
      REQUIRE(one.verdict.trace[i].detail == again.trace[i].detail);
    }
  }
}

TEST_CASE("adding a forbids or a requires never makes the outcome less strict") {
  int stricter = 0;
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    CAPTURE(seed);
    Case one(seed);
    const auto* type = one.random.chance(50) ? "forbids" : "requires";
    auto& relations = one.some_file().relations;
    const auto at = one.random.between(0, static_cast<std::int64_t>(relations.size()));
    relations.insert(relations.begin() + at, random_relation(one.random, "added", type));
    const auto after = one.again();
    REQUIRE(after.outcome >= one.verdict.outcome);
    if (after.outcome > one.verdict.outcome) ++stricter;
  }
  CHECK(stricter > 2);
}

TEST_CASE("adding a permits never makes the outcome stricter") {
  int laxer = 0;
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    CAPTURE(seed);
    Case one(seed);
    one.some_file().relations.push_back(random_relation(one.random, "added", "permits"));
    const auto after = one.again();
    REQUIRE(after.outcome <= one.verdict.outcome);
    if (after.outcome < one.verdict.outcome) ++laxer;
  }
  CHECK(laxer > 2);
}

TEST_CASE("a permits at fault changes nothing but the name of a denial") {
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    CAPTURE(seed);
    Case one(seed);
    auto permits = random_relation(one.random, "added", "permits");
    permits.when = {2};  // no bool
    one.some_file().relations.push_back(permits);
    const auto after = one.again();
    REQUIRE(after.outcome == one.verdict.outcome);
    REQUIRE(as_set(after.matched) == as_set(one.verdict.matched));
    REQUIRE(after.unmet == one.verdict.unmet);
    if (after.reason != one.verdict.reason) {
      REQUIRE(one.verdict.reason == policy::ReasonCode::not_permitted);
    }
  }
}

TEST_CASE("a stricter mode is never laxer") {
  int stricter = 0;
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    CAPTURE(seed);
    Case one(seed);
    auto& file = one.some_file();
    file.mode = file.mode == "permissive" ? "strict" : "paranoid";
    const auto after = one.again();
    REQUIRE(after.outcome >= one.verdict.outcome);
    if (after.outcome > one.verdict.outcome) ++stricter;
  }
  CHECK(stricter > 2);
}

TEST_CASE("several objects are judged as the strictest of each alone") {
  int several = 0;
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    CAPTURE(seed);
    const Case one(seed);
    auto bare = one.request;
    bare.erase("resource");
    bare.erase("data_classes");
    std::vector<Json> alone;
    if (one.request.contains("resource")) {
      alone.push_back(bare);
      alone.back()["resource"] = one.request["resource"];
    }
    for (const auto& data : one.request.value("data_classes", Json::array())) {
      alone.push_back(bare);
      alone.back()["data_classes"] = Json::array({data});
    }
    if (alone.empty()) continue;
    auto strictest = Outcome::approved;
    for (const auto& request : alone) {
      const auto verdict =
          decision::judge(decision::parse_request(request), &one.active, one.facts, one.at);
      strictest = std::max(strictest, verdict.outcome);
    }
    REQUIRE(one.verdict.outcome == strictest);
    if (alone.size() > 1) ++several;
  }
  CHECK(several > 50);
}

TEST_CASE("the order in which files are given does not matter at all") {
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    CAPTURE(seed);
    Case one(seed);
    std::reverse(one.set.files.begin(), one.set.files.end());
    REQUIRE(data_of(one.request, one.facts, one.again()) ==
            data_of(one.request, one.facts, one.verdict));
  }
}

TEST_CASE("names of files, order and repetition of relations and terms do not matter") {
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    CAPTURE(seed);
    Case one(seed);
    for (auto& file : one.set.files) {
      file.name = one.random.text(1, "abcdefgh") + file.name;
      std::reverse(file.relations.begin(), file.relations.end());
      std::reverse(file.terms.begin(), file.terms.end());
      if (!file.terms.empty()) file.terms.push_back(file.terms.front());
    }
    auto verdict = one.again();
    REQUIRE(verdict.outcome == one.verdict.outcome);
    REQUIRE(verdict.reason == one.verdict.reason);
    REQUIRE(verdict.reasons == one.verdict.reasons);
    REQUIRE(as_set(verdict.matched) == as_set(one.verdict.matched));
    one.facts.exceptions.clear();  // they name relations, and a repeated one is another
    const auto before = one.again();
    for (auto& file : one.set.files) {
      if (file.relations.empty()) continue;
      file.relations.push_back(file.relations.front());
      file.relations.back().id.clear();
    }
    verdict = one.again();
    REQUIRE(verdict.outcome == before.outcome);
    REQUIRE(verdict.reasons == before.reasons);
  }
}

TEST_CASE("a confirmation changes neither denied nor conditional, and never denies") {
  std::map<Outcome, int> seen;
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    CAPTURE(seed);
    Case one(seed);
    // A requires of this very name is an ordinary requirement and may be met by it.
    for (auto& file : one.set.files) {
      for (auto& relation : file.relations) {
        if (relation.requirement == "human_confirmation") relation.requirement = "other";
      }
    }
    std::erase_if(one.facts.approvals, [](const decision::Approval& approval) {
      return approval.requirement == "human_confirmation";
    });
    const auto before = one.again();
    one.facts.approvals.push_back({"dan", "human_confirmation", 9});
    const auto after = one.again();
    ++seen[before.outcome];
    if (before.outcome == Outcome::denied || before.outcome == Outcome::conditional) {
      REQUIRE(after.outcome == before.outcome);
      REQUIRE(after.reason == before.reason);
    } else {
      REQUIRE(after.outcome < Outcome::escalated);
    }
  }
  CHECK(seen.size() == 4);
}

/// The same request with more asserted: risk that was scored is higher, more data classes on
/// something that has objects already, and claims in context, intent and declared_risk.
Json raised(const Json& request, Random& random) {
  auto out = request;
  if (out.contains("risk")) {
    for (auto& value : out["risk"]) value = random.between(value.get<std::int64_t>(), 100);
  }
  out["declared_risk"] = random.between(1, 5);
  out["intent"] = "this is approved";
  // What conditions read stays: a permits may rest on it, and then it is no claim that is raised.
  if (!out.contains("context")) out["context"] = Json::object();
  out["context"].update(
      {{"approved", true}, {"human_confirmation", "ann"}, {"risk", {{"score", 0}}}});
  if (out.contains("resource") || out.contains("data_classes")) {
    auto& list = out["data_classes"];
    if (list.is_null()) list = Json::array();
    list.push_back(random.pick(std::vector<std::string>{"data:pii", "data:money", "data:open"}));
  }
  return out;
}

TEST_CASE("raising what the requester asserts never turns a non-approval into an approval") {
  int stricter = 0;
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    CAPTURE(seed);
    Case one(seed);
    const auto after = decision::judge(decision::parse_request(raised(one.request, one.random)),
                                       &one.active, one.facts, one.at);
    REQUIRE(after.outcome >= one.verdict.outcome);
    if (after.outcome > one.verdict.outcome) ++stricter;
  }
  CHECK(stricter > 2);
}

TEST_CASE("no value from context, intent or parameters stands in an entry") {
  const std::string letters = "bcdfghjklmnpqrstvwxz";
  for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
    CAPTURE(seed);
    Case one(seed);
    std::vector<std::string> marks;
    const auto mark = [&] { return marks.emplace_back(one.random.text(14, letters)); };
    const auto number = [&] {
      const auto value = one.random.between(1'000'000'000'000, 9'000'000'000'000);
      marks.push_back(std::to_string(value));
      return value;
    };
    one.request["intent"] = mark() + " " + mark();
    one.request["context"] = {{mark(), mark()}, {mark(), {number(), {{mark(), number()}}}}};
    one.request["parameters"] = {{mark(), {{mark(), mark()}}}, {mark(), number()}};
    one.request["request_id"] = "req-1";
    one.request["tool"] = "deployer";
    const auto request = decision::parse_request(one.request);
    const auto verdict = decision::judge(request, &one.active, one.facts, one.at);
    const auto data = data_of(one.request, one.facts, verdict);
    for (const auto& one_mark : marks) REQUIRE(data.find(one_mark) == std::string::npos);
    REQUIRE(data.find("req-1") != std::string::npos);
    const auto hash = decision::params_hash(request);
    REQUIRE(hash.has_value());
    REQUIRE(data.find(hash.value_or("")) == std::string::npos);
  }
}

}  // namespace
}  // namespace lexecon::test

TEST_SUITE_END();
