#include "decision/request.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("decision/request");

namespace lexecon::decision {
namespace {

Request request_of(const std::string& json) { return parse_request(json::parse(json)); }

std::string canonical_of(const std::string& json) {
  return json::canonical(request_of(json).canonical);
}

TEST_CASE("every member is read, made canonical and kept once") {
  const auto request = request_of(R"({
    "request_id": "req-1", "actor": "act_bot", "proposed_action": "axn_pay", "resource": "db:x",
    "tool": "psql", "user_intent": "pay \u00e9", "data_classes": ["pii", "data:a", "data_pii"],
    "risk": {"security": 5.0, "financial": 1e2}, "risk_level": 3, "context": {"b": 1.0, "a": null},
    "parameters": {"to": "x"}, "usage": {"input_tokens": 7}, "model": "m:1", "prompt": "p@2",
    "tenant": "acme", "idempotency_key": "k/1", "trace_id": "00-ab-cd-01"})");
  CHECK(request.actor == "actor:bot");
  CHECK(request.action == "action:pay");
  CHECK(request.resource == "resource:db:x");
  CHECK(request.tool == "psql");
  CHECK(request.data_classes == std::vector<std::string>{"data:a", "data:pii"});
  CHECK(request.risk[0] == 5);
  CHECK(request.risk[5] == 100);
  CHECK_FALSE(request.risk[1].has_value());
  REQUIRE(request.usage.has_value());
  CHECK(request.usage->input_tokens == 7);
  CHECK(request.usage->cost_micros == 0);
  CHECK(request.model == "m:1");
  CHECK(request.prompt == "p@2");
  CHECK(request.tenant == "acme");
  CHECK(request.request_id == "req-1");
  CHECK(request.idempotency_key == "k/1");
  CHECK(request.trace_id == "00-ab-cd-01");
  CHECK(json::canonical(request.canonical) ==
        R"({"action":"action:pay","actor":"actor:bot","context":{"a":null,"b":1},)"
        R"("data_classes":["data:a","data:pii"],"declared_risk":3,"idempotency_key":"k/1",)"
        "\"intent\":\"pay \xC3\xA9\","
        R"("model":"m:1","parameters":{"to":"x"},"prompt":"p@2","request_id":"req-1",)"
        R"("resource":"resource:db:x","risk":{"financial":100,"security":5},"tenant":"acme",)"
        R"("tool":"psql","trace_id":"00-ab-cd-01","usage":{"input_tokens":7}})");
}

TEST_CASE("only what was given stands in the canonical request, and null is not given") {
  CHECK(canonical_of(R"({"actor":"a","action":"b"})") ==
        R"({"action":"action:b","actor":"actor:a"})");
  CHECK(canonical_of(
            R"({"actor":"a","action":"b","resource":null,"tool":null,"risk":null,"context":null,
                "data_classes":null,"usage":null,"intent":null,"declared_risk":null})") ==
        R"({"action":"action:b","actor":"actor:a"})");
}

TEST_CASE("the canonical request read again is itself") {
  for (const auto* text : {
           R"({"actor":"actor:actor:x","action":"act_b","data_classes":["data_b","data:a"]})",
           R"({"actor":"a","action":"b","context":{"x":[1.50,-0.0,1e21,{"y":"\u2028"}]}})",
           R"({"actor":"a","action":"b","usage":{},"risk":{},"data_classes":[]})",
       }) {
    const auto once = request_of(text);
    const auto twice = parse_request(once.canonical);
    CHECK(json::canonical(twice.canonical) == json::canonical(once.canonical));
    CHECK(twice.actor == once.actor);
    CHECK(twice.data_classes == once.data_classes);
  }
}

TEST_CASE("a request that could mean two things, or nothing, is refused at its member") {
  struct Row {
    std::string json;
    const char* where;
  };
  std::string many = "[";
  for (int i = 0; i < 33; ++i) many += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\"";
  many += "]";
  const std::string ends = R"("actor":"a","action":"b")";
  for (const auto& row : {
           Row{"[]", ""},
           Row{R"({"action":"b"})", "/actor"},
           Row{R"({"actor":"a"})", "/action"},
           Row{R"({"actor":null,"action":"b"})", "/actor"},
           Row{R"({"actor":3,"action":"b"})", "/actor"},
           Row{R"({"actor":"a","action":"b","proposed_action":"b"})", "/proposed_action"},
           Row{"{" + ends + R"(,"intent":"x","user_intent":"x"})", "/user_intent"},
           Row{"{" + ends + R"(,"declared_risk":1,"risk_level":1})", "/risk_level"},
           Row{"{" + ends + R"(,"actors":"a"})", "/actors"},
           Row{R"({"actor":"a:*","action":"b"})", "/actor"},
           Row{R"({"actor":"action:x","action":"b"})", "/actor"},
           Row{"{" + ends + R"(,"resource":"a/../b"})", "/resource"},
           Row{"{" + ends + R"(,"data_classes":"pii"})", "/data_classes"},
           Row{"{" + ends + R"(,"data_classes":["pii",7]})", "/data_classes/1"},
           Row{"{" + ends + R"(,"data_classes":["pii","*"]})", "/data_classes/1"},
           Row{"{" + ends + R"(,"data_classes":)" + many + "}", "/data_classes"},
           Row{"{" + ends + R"(,"tool":"a b"})", "/tool"},
           Row{"{" + ends + R"(,"tool":""})", "/tool"},
           Row{"{" + ends + R"(,"tenant":")" + std::string(129, 'a') + R"("})", "/tenant"},
           Row{"{" + ends + R"(,"model":"caf\u00e9"})", "/model"},
           Row{"{" + ends + R"(,"prompt":7})", "/prompt"},
           Row{"{" + ends + R"(,"trace_id":"a\nb"})", "/trace_id"},
           Row{"{" + ends + R"(,"request_id":"a b"})", "/request_id"},
           Row{"{" + ends + R"(,"idempotency_key":"#"})", "/idempotency_key"},
           Row{"{" + ends + R"(,"risk":{"security":101}})", "/risk/security"},
           Row{"{" + ends + R"(,"risk":{"security":-1}})", "/risk/security"},
           Row{"{" + ends + R"(,"risk":{"security":5.5}})", "/risk/security"},
           Row{"{" + ends + R"(,"risk":{"securty":5}})", "/risk/securty"},
           Row{"{" + ends + R"(,"risk":5})", "/risk"},
           Row{"{" + ends + R"(,"declared_risk":0})", "/declared_risk"},
           Row{"{" + ends + R"(,"risk_level":6})", "/risk_level"},
           Row{"{" + ends + R"(,"context":[]})", "/context"},
           Row{"{" + ends + R"(,"parameters":"x"})", "/parameters"},
           Row{"{" + ends + R"(,"intent":["x"]})", "/intent"},
           Row{"{" + ends + R"(,"usage":{"input_tokens":-1}})", "/usage/input_tokens"},
           Row{"{" + ends + R"(,"usage":{"tokens":1}})", "/usage/tokens"},
       }) {
    CAPTURE(row.json);
    try {
      static_cast<void>(request_of(row.json));
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::bad_input);
      CHECK(error.where() == row.where);
    }
  }
}

TEST_CASE("thirty-two data classes are read, repeated ones counted once") {
  std::string many = R"({"actor":"a","action":"b","data_classes":["0")";
  for (int i = 0; i < 32; ++i) many += ",\"" + std::to_string(i) + "\"";
  CHECK(request_of(many + "]}").data_classes.size() == 32);
}

TEST_CASE("what is sealed with its salt fits into its limits of size and depth") {
  const std::string ends = R"({"actor":"a","action":"b","intent":")";
  const auto rest = canonical_of(ends + "\"}").size();
  const auto largest = (std::size_t{1} << 20U) - 84 - rest;
  CHECK_NOTHROW(static_cast<void>(request_of(ends + std::string(largest, 'x') + "\"}")));
  CHECK_THROWS_AS(static_cast<void>(request_of(ends + std::string(largest + 1, 'x') + "\"}")),
                  Error);
  const auto nested = [](std::size_t depth) {
    return R"({"actor":"a","action":"b","context":{"x":)" + std::string(depth, '[') +
           std::string(depth, ']') + "}}";
  };
  CHECK_NOTHROW(static_cast<void>(request_of(nested(61))));
  CHECK_THROWS_AS(static_cast<void>(request_of(nested(62))), Error);
}

TEST_CASE("the parameters' digest is that of their canonical bytes") {
  CHECK_FALSE(params_hash(request_of(R"({"actor":"a","action":"b"})")).has_value());
  CHECK(params_hash(request_of(R"({"actor":"a","action":"b","parameters":{"z":1.0,"a":[]}})")) ==
        crypto::sha256(R"({"a":[],"z":1})").hex());
}

}  // namespace
}  // namespace lexecon::decision

TEST_SUITE_END();
