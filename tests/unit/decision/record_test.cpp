#include "decision/record.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "support/policy_model.hpp"

TEST_SUITE_BEGIN("decision/record");

namespace lexecon::decision {
namespace {

const std::string decision_id = "dec_01J0000000000000000000000A";

ActiveSet set_of(const std::string& policy) {
  return load_set(std::vector<SetFile>{
      {"node.yaml", "id: node"}, {"risk.yaml", "{}"}, {"policies/a.yaml", policy}});
}

Json data_of(const Request& request, const Facts& facts, const Verdict& verdict,
             const std::optional<TokenRecord>& token = {}) {
  return decision_data({decision_id, Timestamp{}, "cli", request, facts, verdict, token});
}

TEST_CASE("what was not given stands as null or as an empty list") {
  const auto request = parse_request(Json{{"actor", "a"}, {"action", "b"}});
  const auto verdict = judge(request, nullptr, {}, {});
  CHECK(json::canonical(data_of(request, {}, verdict)) ==
        R"({"action":"action:b","actor":"actor:a","at":"1970-01-01T00:00:00.000000Z",)"
        R"("data_classes":[],"decision_id":"dec_01J0000000000000000000000A",)"
        R"("engine":"lexecon-judge/1","facts":{"approvals":[],"exceptions":[],"guard":null,)"
        R"("limits":[],"registry":null},)"
        R"("idempotency_key":null,"model":null,"outcome":"denied","owners":[],)"
        R"("policy":{"hash":null,"matched":[],"matched_count":0,"mode":null,"unmet":[]},)"
        R"("prompt":null,"reason_code":"no_policy_in_force",)"
        R"("reasoning":"denied: no policy set is active","reasons":["no_policy_in_force"],)"
        R"("request_id":null,"resource":null,)"
        R"("responsibility":{"level":"automated","maker":"ai_system"},"risk":null,"tenant":null,)"
        R"("token":null,"tool":null,"trace_id":null,"usage":null,"via":"cli"})");
}

TEST_CASE("what was given stands as it was judged") {
  const auto request = parse_request(json::parse(
      R"({"actor":"human:ann","action":"b","resource":"r","data_classes":["d"],"tool":"t",
          "risk":{"security":85,"privacy":0},"usage":{"cost_micros":9},"model":"m","prompt":"p",
          "tenant":"x","request_id":"q","idempotency_key":"k","trace_id":"i"})"));
  const auto set = set_of(
      "terms: [{id: actor:human:ann, type: actor, owner: actor:boss}]\n"
      "relations: [{id: all, type: permits, subject: '*', action: '*'},"
      " {id: two, type: requires, action: '*', requirement: dual}]");
  const auto verdict = judge(request, &set, {}, {});
  const auto data = data_of(request, {}, verdict);
  CHECK(data.at("owners") == Json{"actor:boss"});
  CHECK(json::canonical(data.at("risk")) ==
        R"({"dimensions":{"privacy":0,"security":85},"factors":[],"level":"medium",)"
        R"("risk_id":"rsk_dec_01J0000000000000000000000A","score":47})");
  CHECK(json::canonical(data.at("usage")) ==
        R"({"cost_micros":9,"input_tokens":0,"output_tokens":0})");
  CHECK(data.at("policy").at("hash") == set.policy_hash.hex());
  CHECK(json::canonical(data.at("policy").at("matched")) == R"(["two","all"])");
  CHECK(json::canonical(data.at("policy").at("unmet")) == R"(["dual"])");
  CHECK(json::canonical(data.at("responsibility")) ==
        R"({"level":"full","maker":"human_operator"})");
  for (const auto* name :
       {"model", "prompt", "tenant", "request_id", "idempotency_key", "trace_id"}) {
    CHECK(data.at(name).is_string());
  }
  CHECK(chain::check_event("decision", data, 5));
}

TEST_CASE("a person is an actor human, human: or human_, and nobody else") {
  const auto maker = [](const char* actor) {
    const auto request = parse_request(Json{{"actor", actor}, {"action", "b"}});
    return data_of(request, {}, judge(request, nullptr, {}, {}))
        .at("responsibility")
        .at("maker")
        .get<std::string>();
  };
  CHECK(maker("human") == "human_operator");
  CHECK(maker("human:ann") == "human_operator");
  CHECK(maker("human_user:ann") == "human_operator");
  CHECK(maker("humanoid") == "ai_system");
  CHECK(maker("ai_agent:human:x") == "ai_system");
}

TEST_CASE("every random decision has the closed shape of its event and fits into an entry") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    test::Random random(seed);
    const auto set = test::random_set(random);
    const auto active = test::load_model_set(set);
    auto facts = test::random_facts(random, set);
    for (auto& exception : facts.exceptions) {
      exception.override_id = "ovr_" + decision_id + "_0123abcd";
    }
    const auto request = parse_request(test::random_request(random));
    const auto verdict = judge(request, &active, facts, test::minute(10));
    const auto data = data_of(request, facts, verdict);
    REQUIRE(chain::check_event("decision", data, 100));
    json::require_plain(data);
  }
}

TEST_CASE("the largest decision that the judge can give leaves room in an entry") {
  const std::string fill(240, 'a');
  std::string policy = "terms:\n";
  for (int i = 10; i < 26; ++i) {
    policy += "  - {id: actor:x, type: actor, owner: \"actor:" + fill + std::to_string(i) + "\"}\n";
  }
  policy += "relations:\n";
  for (int i = 100; i < 300; ++i) {
    const auto n = std::to_string(i);
    policy += "  - {id: " + fill + "------------" + n +
              ", type: requires, action: '*', requirement: " + std::string(97, 'r') + n + "}\n";
  }
  auto document = Json{{"actor", "x"}, {"action", fill}, {"resource", fill}};
  for (int i = 10; i < 42; ++i) document["data_classes"].push_back(fill + std::to_string(i));
  for (const auto* name :
       {"tool", "model", "prompt", "tenant", "request_id", "idempotency_key", "trace_id"}) {
    document[name] = std::string(128, 'i');
  }
  const auto set = set_of(policy);
  const auto request = parse_request(document);
  const auto verdict = judge(request, &set, {}, {});
  CHECK(verdict.owners.size() == 16);
  CHECK(verdict.unmet.size() == 200);
  const auto data = data_of(request, {}, verdict);
  CHECK(data.at("policy").at("matched").size() == 32);
  CHECK(data.at("policy").at("unmet").size() == 64);
  CHECK(chain::check_event("decision", data, 5));
  CHECK(json::canonical(data).size() < 50'000);
}

TEST_CASE("a token's claims follow from request, verdict and record alone") {
  const auto request = parse_request(json::parse(
      R"({"actor":"a","action":"b","resource":"r","data_classes":["d"],"tool":"t","tenant":"x",
          "parameters":{"k":1}})"));
  const auto set = set_of("relations: [{id: all, type: permits, subject: '*', action: '*'}]");
  const auto verdict = judge(request, &set, {}, {});
  TokenRecord record;
  record.audience = "aud";
  record.issued_at = Timestamp{1'000'000};
  record.expires_at = Timestamp{301'000'000};
  record.jti = "tok_00000000000000000000000000000000";
  record.kid = "0011223344556677";
  record.token_hash = crypto::sha256("token");
  record.uses = 3;
  const auto claims = claims_for(request, verdict, decision_id, "origin", record);
  CHECK(claims == claims_for(request, verdict, decision_id, "origin", record));
  CHECK(claims.subject == "actor:a");
  CHECK(claims.action == "action:b");
  CHECK(claims.resource == "resource:r");
  CHECK(claims.data_classes == std::vector<std::string>{"data:d"});
  CHECK(claims.tool == "t");
  CHECK(claims.tenant == "x");
  CHECK(claims.params_hash == crypto::sha256(R"({"k":1})").hex());
  CHECK(claims.policy_hash == set.policy_hash.hex());
  CHECK(claims.uses == 3);
  const auto data = data_of(request, {}, verdict, record);
  CHECK(json::canonical(data.at("token")) ==
        R"({"aud":"aud","exp":"1970-01-01T00:05:01Z","iat":"1970-01-01T00:00:01Z",)"
        R"("jti":"tok_00000000000000000000000000000000","kid":"0011223344556677",)"
        R"("token_hash":")" +
            record.token_hash.hex() + R"(","uses":3})");
  const auto again = parse_token_record(data.at("token"));
  CHECK(json::canonical(to_json(again)) == json::canonical(data.at("token")));
  CHECK_THROWS_AS(static_cast<void>(claims_for(request, judge(request, nullptr, {}, {}),
                                               decision_id, "o", record)),
                  Error);
}

TEST_CASE("a token record of another shape is refused") {
  const Json good{{"aud", "a"},
                  {"exp", "1970-01-01T00:05:01Z"},
                  {"iat", "1970-01-01T00:00:01Z"},
                  {"jti", "tok_x"},
                  {"kid", "k"},
                  {"token_hash", std::string(64, 'a')},
                  {"uses", 1}};
  CHECK_NOTHROW(static_cast<void>(parse_token_record(good)));
  for (const auto& [name, value] : std::map<std::string, Json>{
           {"exp", "1970"}, {"iat", 7}, {"token_hash", "aa"}, {"uses", 0}, {"more", 1}}) {
    CAPTURE(name);
    auto bad = good;
    bad[name] = value;
    CHECK_THROWS_AS(static_cast<void>(parse_token_record(bad)), Error);
  }
}

}  // namespace
}  // namespace lexecon::decision

TEST_SUITE_END();
