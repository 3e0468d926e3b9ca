#include <doctest/doctest.h>

#include "decision/judge.hpp"
#include "decision/record.hpp"
#include "decision/set_codec.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"

TEST_SUITE_BEGIN("decision/condition");

namespace lexecon::decision {
namespace {

ActiveSet set_of(const std::string& policy, const std::string& risk = "{}") {
  const std::vector<SetFile> files{
      {"node.yaml", "id: node"}, {"risk.yaml", risk}, {"policies/a.yaml", policy}};
  const auto set = load_set(files);
  return unpack_set(pack_set(set));  // as from the cache
}

Request request_of(const std::string& members) {
  return parse_request(json::parse("{" + members + "}"));
}

std::string short_of(const Verdict& verdict) {
  return std::string(policy::to_string(verdict.outcome)) + " " +
         std::string(policy::to_string(verdict.reason));
}

Verdict judged(const std::string& policy, const std::string& members, const Facts& facts = {}) {
  const auto set = set_of(policy);
  return judge(request_of(members), &set, facts, entry_time("2026-05-01T10:00:00.000000Z").value());
}

const std::string anything = "{type: permits, subject: '*', action: '*'}";

struct Row {
  const char* sentence;
  const char* rest;  // of the file
  const char* request;
  const char* permissive;
  const char* strict;
  const char* paranoid;  // with a risk of 10 given
};

const std::vector<Row> rows{
    {"a permits whose condition is true permits",
     "relations: [{type: permits, subject: '*', action: '*', when: context.n < 5}]",
     R"("context":{"n":3})", "approved permitted", "approved permitted", "approved permitted"},
    {"one whose condition is false does not",
     "relations: [{type: permits, subject: '*', action: '*', when: context.n < 5}]",
     R"("context":{"n":7})", "approved not_forbidden", "denied not_permitted",
     "denied not_permitted"},
    {"one with an error does not, and the denial is named after it",
     "relations: [{type: permits, subject: '*', action: '*', when: context.n < 5}]",
     R"("context":{})", "approved not_forbidden", "denied condition_error",
     "denied condition_error"},
    {"an error of another permits does not matter where one permits",
     "relations: [{type: permits, subject: '*', action: '*', when: context.n < 5},"
     " {type: permits, subject: '*', action: '*'}]",
     "", "approved permitted", "approved permitted", "approved permitted"},
    {"a forbids applies on true",
     "relations: [{type: permits, subject: '*', action: '*'},"
     " {type: forbids, action: action:y, when: '\"data:d\" in data_classes'}]",
     R"("data_classes":["d"])", "denied forbidden", "denied forbidden", "denied forbidden"},
    {"not on false",
     "relations: [{type: permits, subject: '*', action: '*'},"
     " {type: forbids, action: action:y, when: '\"data:d\" in data_classes'}]",
     R"("data_classes":["e"])", "approved permitted", "approved permitted", "approved permitted"},
    {"and on an error",
     "relations: [{type: permits, subject: '*', action: '*'},"
     " {type: forbids, action: action:y, when: intent.contains('x')}]",
     "", "denied condition_error", "denied condition_error", "denied condition_error"},
    {"what is no bool is an error",
     "relations: [{type: permits, subject: '*', action: '*'},"
     " {type: forbids, action: action:y, when: 1 + 1}]",
     "", "denied condition_error", "denied condition_error", "denied condition_error"},
    {"what costs too much is an error",
     "relations: [{type: permits, subject: '*', action: '*'}, {type: forbids, action: action:y,"
     " when: 'false && context.l.all(a, context.l.all(b, context.l.all(c, context.l.all(d, a != "
     "b))))"
     " || context.l.all(a, context.l.all(b, context.l.all(c, context.l.all(d, a == 1)))) && "
     "false'}]",
     R"("context":{"l":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]})",
     "denied condition_error", "denied condition_error", "denied condition_error"},
    {"a false condition beats the error of another",
     "relations: [{type: permits, subject: '*', action: '*'}, {type: forbids, action: action:y,"
     " when: context.none == 1, conditions: ['true', 'action == \"action:z\"']}]",
     "", "approved permitted", "approved permitted", "approved permitted"},
    {"all conditions must hold",
     "relations: [{type: permits, subject: '*', action: '*', when: 'true',"
     " conditions: ['actor == \"actor:x\"', 'action == \"action:y\"', 'tool == \"t\"']}]",
     R"("tool":"t")", "approved permitted", "approved permitted", "approved permitted"},
    {"met_when meets a requirement",
     "relations: [{type: permits, subject: '*', action: '*'},"
     " {type: requires, action: '*', requirement: dual, met_when: context.ok}]",
     R"("context":{"ok":true})", "approved permitted", "approved permitted", "approved permitted"},
    {"and leaves it unmet on false",
     "relations: [{type: permits, subject: '*', action: '*'},"
     " {type: requires, action: '*', requirement: dual, met_when: context.ok, on_unmet: deny}]",
     R"("context":{"ok":false})", "denied requirement_denied", "denied requirement_denied",
     "denied requirement_denied"},
    {"and on an error",
     "relations: [{type: permits, subject: '*', action: '*'},"
     " {type: requires, action: '*', requirement: dual, met_when: context.ok, on_unmet: escalate}]",
     R"("context":{"ok":"true"})", "escalated condition_error", "escalated condition_error",
     "escalated condition_error"},
    {"a requires with a false condition asks for nothing",
     "relations: [{type: permits, subject: '*', action: '*'},"
     " {type: requires, action: '*', requirement: dual, when: context.n > 5}]",
     R"("context":{"n":5})", "approved permitted", "approved permitted", "approved permitted"},
    {"with an error in it, it stays unmet",
     "relations: [{type: permits, subject: '*', action: '*'},"
     " {type: requires, action: '*', requirement: dual, when: context.n > 5, met_when: 'true'}]",
     "", "conditional condition_error", "conditional condition_error",
     "conditional condition_error"},
    {"a constraint denies every request that it holds for",
     "relations: [{type: permits, subject: '*', action: '*'}]\n"
     "constraints: [{name: big, condition: context.n > 5, action: deny}]",
     R"("context":{"n":6})", "denied forbidden", "denied forbidden", "denied forbidden"},
    {"and no other",
     "relations: [{type: permits, subject: '*', action: '*'}]\n"
     "constraints: [{name: big, condition: context.n > 5, action: deny}]",
     R"("context":{"n":5})", "approved permitted", "approved permitted", "approved permitted"},
    {"a constraint requires",
     "relations: [{type: permits, subject: '*', action: '*'}]\n"
     "constraints: [{name: big, condition: context.n > 5, action: require:dual}]",
     R"("context":{"n":6})", "conditional requirement_unmet", "conditional requirement_unmet",
     "conditional requirement_unmet"},
    {"so does another word of an older file",
     "relations: [{type: permits, subject: '*', action: '*'}]\n"
     "constraints: [{name: big, condition: context.n > 5, action: manual_review}]",
     R"("context":{"n":6})", "conditional requirement_unmet", "conditional requirement_unmet",
     "conditional requirement_unmet"},
    {"a constraint escalates",
     "relations: [{type: permits, subject: '*', action: '*'}]\n"
     "constraints: [{name: big, condition: context.n > 5, action: escalate}]",
     R"("context":{"n":6})", "escalated requirement_escalated", "escalated requirement_escalated",
     "escalated requirement_escalated"},
    {"a constraint with an error applies",
     "relations: [{type: permits, subject: '*', action: '*'}]\n"
     "constraints: [{name: big, condition: context.n > 5, action: deny}]",
     "", "denied condition_error", "denied condition_error", "denied condition_error"},
    {"a declared key of another type is an error",
     "context: {'n': integer}\nrelations: [{type: permits, subject: '*', action: '*', when: n == "
     "5}]",
     R"("context":{"n":"5"})", "approved not_forbidden", "denied condition_error",
     "denied condition_error"},
    {"a key of the context is read by its name alone",
     "context: {'n': integer}\nrelations: [{type: permits, subject: '*', action: '*', when: n == "
     "5}]",
     R"("context":{"n":5})", "approved permitted", "approved permitted", "approved permitted"},
    {"a variable that the request lacks is never looked up in the context",
     "relations: [{type: permits, subject: '*', action: '*', when: tool == 't'}]",
     R"("context":{"tool":"t"})", "approved not_forbidden", "denied condition_error",
     "denied condition_error"},
    {"has() asks for it",
     "relations: [{type: permits, subject: '*', action: '*', when: '!has(request.tool)'}]", "",
     "approved permitted", "approved permitted", "approved permitted"},
    {"risk is what was scored",
     "relations: [{type: permits, subject: '*', action: '*', when: 'risk.score == 10 && risk.level"
     " == \"low\" && risk.dimensions.security == 10 && risk.factors == []'}]",
     "", "approved permitted", "approved permitted", "approved permitted"},
    {"now is the time of the decision",
     "relations: [{type: permits, subject: '*', action: '*',"
     " when: now == timestamp('2026-05-01T10:00:00Z') && now.getDayOfWeek() == 5}]",
     "", "approved permitted", "approved permitted", "approved permitted"},
};

TEST_CASE("every sentence about conditions holds in every mode") {
  for (const auto& row : rows) {
    CAPTURE(row.sentence);
    for (const auto& [mode, wanted] :
         {std::pair{"permissive", row.permissive}, std::pair{"strict", row.strict},
          std::pair{"paranoid", row.paranoid}}) {
      CAPTURE(mode);
      std::string members = R"("actor":"x","action":"y","risk":{"security":10})";
      if (*row.request != '\0') members += "," + std::string(row.request);
      CHECK(short_of(judged("mode: " + std::string(mode) + "\n" + row.rest + "\n", members)) ==
            wanted);
    }
  }
}

TEST_CASE("only a human confirmation lifts what a constraint escalates") {
  const auto policy = "relations: [" + anything + "]\n" +
                      "constraints: [{name: big, condition: 'true', action: escalate}]\n";
  const std::string members = R"("actor":"x","action":"y")";
  Facts facts;
  facts.approvals = {{"ann", "other", 1}, {"ben", "review", 2}};
  const auto before = judged(policy, members, facts);
  CHECK(short_of(before) == "escalated requirement_escalated");
  CHECK(before.matched == std::vector<std::string>{"constraint:big", "permits:*:*"});
  CHECK(before.unmet == std::vector<std::string>{"human_confirmation"});
  facts.approvals.push_back({"cid", "human_confirmation", 3});
  CHECK(short_of(judged(policy, members, facts)) == "approved human_confirmed");
}

TEST_CASE("confirmations are facts that conditions read") {
  const auto policy = "relations: [" + anything +
                      ", {type: requires, action: '*', requirement: legal, met_when: "
                      "'facts.confirmations.exists(c, "
                      "c.requirement == \"legal\" && c.operator == \"ann\")'}]\n";
  const std::string members = R"("actor":"x","action":"y")";
  Facts facts;
  facts.approvals = {{"ben", "legal", 1}};
  CHECK(short_of(judged(policy, members, facts)) == "conditional requirement_unmet");
  facts.approvals = {{"ann", "legal", 1}};
  CHECK(short_of(judged(policy, members, facts)) == "approved permitted");
}

TEST_CASE("limits and the registry are facts that conditions read") {
  const auto policy = "relations: [" + anything +
                      ", {type: forbids, action: '*', when: "
                      "'facts.limits.calls.used * 2 >= facts.limits.calls.allowed'}"
                      ", {type: forbids, action: '*', when: "
                      "'has(facts.registry.prompt) && facts.registry.prompt != \"approved\"'}]\n";
  const std::string members = R"("actor":"x","action":"y")";
  Facts facts;
  CHECK(short_of(judged(policy, members, facts)) == "denied condition_error");
  facts.limits = {{"calls", 1, 3}, {"spend", 9, 9}};
  CHECK(short_of(judged(policy, members, facts)) == "approved permitted");
  facts.limits[0].used = 2;
  CHECK(short_of(judged(policy, members, facts)) == "denied forbidden");
  facts.limits[0].used = 0;
  facts.registry = {RegistryState::retired, RegistryState::approved};
  CHECK(short_of(judged(policy, members, facts)) == "approved permitted");
  facts.registry->prompt = RegistryState::expired;
  CHECK(short_of(judged(policy, members, facts)) == "denied forbidden");
}

TEST_CASE("factors score, and conditions read the score") {
  const auto set = set_of(
      "relations: [" + anything +
          ", {type: forbids, action: '*', when: 'has(risk.score) && "
          "\"large\" in risk.factors && risk.score >= 40'}]\n",
      "factors: [{name: large, when: context.amount > 100, dimension: financial, add: 45}]\n");
  const auto at = Timestamp{};
  const auto verdict =
      judge(request_of(R"("actor":"x","action":"y","context":{"amount":101})"), &set, {}, at);
  CHECK(short_of(verdict) == "denied forbidden");
  CHECK(verdict.risk.score == 45);
  REQUIRE(verdict.risk.factors.size() == 1);
  CHECK(verdict.risk.factors[0].name == "large");
  const auto small =
      judge(request_of(R"("actor":"x","action":"y","context":{"amount":100})"), &set, {}, at);
  CHECK(short_of(small) == "approved permitted");
  CHECK_FALSE(small.risk.score.has_value());
}

TEST_CASE("the trace says why a condition has no value, and the entry does not") {
  const auto policy =
      "relations: [{id: guarded, type: permits, subject: '*', action: '*', when: "
      "int(context.secret) > 5}, {id: other, type: permits, subject: '*', action: "
      "'*', when: context.secret == 'x'}]\n";
  const std::string members = R"("actor":"x","action":"y","context":{"secret":"SENTINEL"})";
  const auto verdict = judged(policy, members);
  CHECK(short_of(verdict) == "denied condition_error");
  CHECK(verdict.reasoning == "denied: a condition has no value in `guarded`");
  CHECK(verdict.matched_count == 0);
  std::string trace;
  for (const auto& step : verdict.trace) {
    trace += step.relation + " " + step.effect + ": " + step.detail + "\n";
  }
  CHECK(trace.find("guarded tried: actor actor:x, wanted *; action action:y, wanted *; condition "
                   "error: `int` cannot read") != std::string::npos);
  CHECK(trace.find("other skipped: ") != std::string::npos);
  CHECK(trace.find("; when `context.secret == 'x'` is false") != std::string::npos);
  const auto request = request_of(members);
  const auto data = json::canonical(decision_data(
      {"dec_01J0000000000000000000000A", Timestamp{}, "cli", request, {}, verdict, {}}));
  CHECK(data.find("SENTINEL") == std::string::npos);
}

}  // namespace
}  // namespace lexecon::decision

TEST_SUITE_END();
