#include "decision/coverage.hpp"

#include <doctest/doctest.h>

#include "base/time.hpp"

namespace lexecon::decision {
namespace {

constexpr const char* small = R"(policy_id: pol_small_v1
version: 1.0.0
terms:
  - {id: resource:files, type: resource, contains: [data:hr, data:pii]}
relations:
  - {id: reads-files, type: permits, subject: actor:a, action: action:read, object: resource:files, justification: test}
  - {id: reads-pii, type: permits, subject: actor:a, action: action:read, object: data:pii, when: context.trusted, justification: test}
  - {id: reads-pii-at-last, type: permits, subject: actor:a, action: action:read, object: data:pii, justification: test}
  - {id: writes, type: permits, subject: actor:a, action: action:write, justification: test}
)";

struct Seen {
  Verdict verdict;
  std::vector<Coverage> coverage;
};

Seen judged(const Json& document, const Facts& facts = {}, const char* policy = small) {
  const auto set = load_set(std::vector<SetFile>{
      {"node.yaml", "id: demo\n"}, {"policies/small.yaml", policy}, {"risk.yaml", "{}\n"}});
  const auto request = parse_request(document);
  Seen out{judge(request, &set, facts, Timestamp{0}), {}};
  out.coverage = coverage(out.verdict, request);
  return out;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_SUITE("decision/coverage") {
  TEST_CASE("each object has the permits that cover it, contained ones too, the resource first") {
    const auto seen = judged({{"actor", "a"}, {"action", "read"}, {"resource", "files"}}).coverage;
    REQUIRE(seen.size() == 3);
    CHECK(seen[0].object == "resource:files");
    CHECK(seen[0].permits == Ids{"reads-files"});
    CHECK(seen[1].object == "data:hr");
    CHECK(seen[1].permits.empty());
    CHECK(seen[2].object == "data:pii");
    CHECK(seen[2].permits == Ids{"reads-pii-at-last"});
    CHECK(seen[2].tried == Ids{"reads-pii"});
  }

  TEST_CASE("a permits without an object covers all, and a request without objects as a whole") {
    const auto all = judged({{"actor", "a"}, {"action", "write"}, {"data_classes", {"pii", "hr"}}});
    CHECK(all.verdict.outcome == policy::Outcome::approved);
    REQUIRE(all.coverage.size() == 2);
    for (const auto& each : all.coverage) CHECK(each.permits == Ids{"writes"});
    const auto whole = judged({{"actor", "a"}, {"action", "write"}}).coverage;
    REQUIRE(whole.size() == 1);
    CHECK_FALSE(whole[0].object);
    CHECK(whole[0].permits == Ids{"writes"});
    const auto none = judged({{"actor", "b"}, {"action", "write"}}).coverage;
    REQUIRE(none.size() == 1);
    CHECK(none[0].permits.empty());
  }

  TEST_CASE("without relations that were looked at there is no coverage") {
    const Json request{{"actor", "a"}, {"action", "write"}};
    Facts facts;
    facts.guard = policy::ReasonCode::emergency_stop;
    CHECK(judged(request, facts).coverage.empty());
    const auto later = std::string(small) + "effective_from: \"2030-01-01T00:00:00Z\"\n";
    CHECK(judged(request, {}, later.c_str()).coverage.empty());
  }
}

}  // namespace lexecon::decision
