#include "decision/judge.hpp"

#include <doctest/doctest.h>

#include "json/json.hpp"
#include "json/parse.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("decision/judge");

namespace lexecon::decision {
namespace {

ActiveSet set_of(const std::vector<std::string>& policies, const std::string& risk = "{}") {
  std::vector<SetFile> files{{"node.yaml", "id: node"}, {"risk.yaml", risk}};
  for (const auto& policy : policies) {
    files.push_back({"policies/" + std::to_string(files.size()) + ".yaml", policy});
  }
  return load_set(files);
}

Request request_of(const std::string& json) { return parse_request(json::parse(json)); }

/// "outcome reason", and what tells them apart.
std::string short_of(const Verdict& verdict) {
  return std::string(policy::to_string(verdict.outcome)) + " " +
         std::string(policy::to_string(verdict.reason));
}

Facts approvals(std::initializer_list<Approval> list) {
  Facts facts;
  facts.approvals = list;
  return facts;
}

const std::string terms = R"(
terms:
  - {id: "actor:bot", type: actor, member_of: [actor:bots], owner: actor:human:ann}
  - {id: "actor:bots", type: actor, member_of: [actor:machines]}
  - {id: "action:read", type: action, member_of: [action:harmless]}
  - {id: "data:email", type: data_class, member_of: [data:pii]}
  - {id: "resource:crm", type: resource, member_of: [resource:systems], contains: [data:email]}
  - {id: "resource:systems", type: resource, contains: [data:logs]}
)";

struct Row {
  const char* sentence;
  const char* relations;
  const char* request;
  const char* permissive;
  const char* strict;
  const char* paranoid;  // with a risk of 10 given
};

// Each sentence of lexecon-policy(5) that says what a relation does to a request.
const std::vector<Row> rows{
    {"what nothing permits is denied but in permissive mode", "[]",
     R"("actor":"bot","action":"read")", "approved not_forbidden", "denied not_permitted",
     "denied not_permitted"},
    {"a permits that hits permits", "[{type: permits, subject: actor:bot, action: action:read}]",
     R"("actor":"bot","action":"read")", "approved permitted", "approved permitted",
     "approved permitted"},
    {"a term that nobody declared is hit by its own id",
     "[{type: permits, subject: actor:stranger, action: action:new}]",
     R"("actor":"stranger","action":"new")", "approved permitted", "approved permitted",
     "approved permitted"},
    {"groups are hit through groups",
     "[{type: permits, subject: actor:machines, action: action:harmless}]",
     R"("actor":"bot","action":"read")", "approved permitted", "approved permitted",
     "approved permitted"},
    {"a group is not in its members", "[{type: permits, subject: actor:bot, action: '*'}]",
     R"("actor":"bots","action":"read")", "approved not_forbidden", "denied not_permitted",
     "denied not_permitted"},
    {"a star alone is any", "[{type: permits, subject: '*', action: '*', object: '*'}]",
     R"("actor":"x","action":"y","resource":"z","data_classes":["d"])", "approved permitted",
     "approved permitted", "approved permitted"},
    {"a prefix hits every longer id",
     "[{type: permits, subject: 'actor:*', action: 'action:git:*', object: 'resource:a/b/*'}]",
     R"("actor":"x","action":"git:push","resource":"a/b/c/d")", "approved permitted",
     "approved permitted", "approved permitted"},
    {"a prefix does not hit what stands before its end",
     "[{type: permits, subject: '*', action: '*', object: 'resource:a/b/*'}]",
     R"("actor":"x","action":"git:push","resource":"a/b")", "approved not_forbidden",
     "denied not_permitted", "denied not_permitted"},
    {"a prefix hits the id of a group",
     "[{type: permits, subject: '*', action: '*', object: 'data:*'}]",
     R"("actor":"x","action":"y","data_classes":["email"])", "approved permitted",
     "approved permitted", "approved permitted"},
    {"case is not folded", "[{type: permits, subject: actor:Bot, action: action:read}]",
     R"("actor":"bot","action":"read")", "approved not_forbidden", "denied not_permitted",
     "denied not_permitted"},
    {"permits must cover every object",
     "[{type: permits, subject: '*', action: '*', object: resource:z}]",
     R"("actor":"x","action":"y","resource":"z","data_classes":["d"])", "approved not_forbidden",
     "denied not_permitted", "denied not_permitted"},
    {"each object by some permits",
     "[{type: permits, subject: '*', action: '*', object: resource:z},"
     " {type: permits, subject: '*', action: '*', object: data:d}]",
     R"("actor":"x","action":"y","resource":"z","data_classes":["d"])", "approved permitted",
     "approved permitted", "approved permitted"},
    {"what a resource contains is an object of every request for it",
     "[{type: permits, subject: '*', action: '*', object: 'resource:*'},"
     " {type: permits, subject: '*', action: '*', object: data:logs}]",
     R"("actor":"bot","action":"read","resource":"crm")", "approved not_forbidden",
     "denied not_permitted", "denied not_permitted"},
    {"what its groups contain, too",
     "[{type: permits, subject: '*', action: '*'},"
     " {type: forbids, action: action:read, object: data:logs}]",
     R"("actor":"bot","action":"read","resource":"crm")", "denied forbidden", "denied forbidden",
     "denied forbidden"},
    {"a contained data class is hit through its groups",
     "[{type: permits, subject: '*', action: '*'},"
     " {type: forbids, subject: actor:machines, object: data:pii}]",
     R"("actor":"bot","action":"read","resource":"crm")", "denied forbidden", "denied forbidden",
     "denied forbidden"},
    {"a forbids with an object applies when it hits any of them",
     "[{type: permits, subject: '*', action: '*'},"
     " {type: forbids, action: action:y, object: data:d}]",
     R"("actor":"x","action":"y","resource":"z","data_classes":["c","d"])", "denied forbidden",
     "denied forbidden", "denied forbidden"},
    {"and not when it hits none",
     "[{type: permits, subject: '*', action: '*'},"
     " {type: forbids, action: action:y, object: data:d}]",
     R"("actor":"x","action":"y","resource":"z","data_classes":["c"])", "approved permitted",
     "approved permitted", "approved permitted"},
    {"a request without objects is hit only by relations without one",
     "[{type: permits, subject: '*', action: '*', object: 'resource:*'},"
     " {type: forbids, action: action:y, object: 'data:*'}]",
     R"("actor":"x","action":"y")", "approved not_forbidden", "denied not_permitted",
     "denied not_permitted"},
    {"or with a star",
     "[{type: permits, subject: '*', action: '*', object: '*'},"
     " {type: forbids, action: action:y, object: 'data:*'}]",
     R"("actor":"x","action":"y")", "approved permitted", "approved permitted",
     "approved permitted"},
    {"a missing subject means any",
     "[{type: permits, subject: '*', action: '*'}, {type: forbids, action: action:y}]",
     R"("actor":"x","action":"y")", "denied forbidden", "denied forbidden", "denied forbidden"},
    {"a missing action means any",
     "[{type: permits, subject: '*', action: '*'}, {type: forbids, subject: actor:x}]",
     R"("actor":"x","action":"y")", "denied forbidden", "denied forbidden", "denied forbidden"},
    {"an unmet requires is conditional by default",
     "[{type: permits, subject: '*', action: '*'},"
     " {type: requires, action: action:y, requirement: review}]",
     R"("actor":"x","action":"y")", "conditional requirement_unmet",
     "conditional requirement_unmet", "conditional requirement_unmet"},
    {"or escalated",
     "[{type: permits, subject: '*', action: '*'},"
     " {type: requires, action: action:y, requirement: review, on_unmet: escalate}]",
     R"("actor":"x","action":"y")", "escalated requirement_escalated",
     "escalated requirement_escalated", "escalated requirement_escalated"},
    {"or denied",
     "[{type: permits, subject: '*', action: '*'},"
     " {type: requires, action: action:y, requirement: review, on_unmet: deny}]",
     R"("actor":"x","action":"y")", "denied requirement_denied", "denied requirement_denied",
     "denied requirement_denied"},
    {"a requirement never replaces a permits",
     "[{type: requires, action: action:y, requirement: review, on_unmet: escalate}]",
     R"("actor":"x","action":"y")", "escalated requirement_escalated", "denied not_permitted",
     "denied not_permitted"},
    {"a denial is never escalated",
     "[{type: permits, subject: '*', action: '*'}, {type: forbids, action: action:y},"
     " {type: requires, action: action:y, requirement: review, on_unmet: escalate}]",
     R"("actor":"x","action":"y")", "denied forbidden", "denied forbidden", "denied forbidden"},
    {"escalated is stricter than conditional",
     "[{type: permits, subject: '*', action: '*'},"
     " {type: requires, action: action:y, requirement: a},"
     " {type: requires, action: action:y, requirement: b, on_unmet: escalate}]",
     R"("actor":"x","action":"y")", "escalated requirement_escalated",
     "escalated requirement_escalated", "escalated requirement_escalated"},
    {"forbidden comes before not_permitted before requirement_denied",
     "[{type: forbids, action: action:y},"
     " {type: requires, action: action:y, requirement: a, on_unmet: deny}]",
     R"("actor":"x","action":"y")", "denied forbidden", "denied forbidden", "denied forbidden"},
};

TEST_CASE("every sentence about relations holds in every mode") {
  for (const auto& row : rows) {
    CAPTURE(row.sentence);
    for (const auto& [mode, wanted] :
         {std::pair{"permissive", row.permissive}, std::pair{"strict", row.strict},
          std::pair{"paranoid", row.paranoid}}) {
      CAPTURE(mode);
      const auto set = set_of(
          {"mode: " + std::string(mode) + "\n" + terms + "relations: " + row.relations + "\n"});
      const auto request =
          request_of("{" + std::string(row.request) + R"(,"risk":{"security":10}})");
      CHECK(short_of(judge(request, &set, {}, {})) == wanted);
    }
  }
}

const std::string all = "relations: [{id: all, type: permits, subject: '*', action: '*'}]\n";

TEST_CASE("without a set, and without a file in force, everything is denied in every mode") {
  const auto request = request_of(R"({"actor":"bot","action":"read","risk":{"security":90}})");
  const auto nothing = judge(request, nullptr, {}, {});
  CHECK(short_of(nothing) == "denied no_policy_in_force");
  CHECK_FALSE(nothing.policy_hash.has_value());
  CHECK_FALSE(nothing.mode.has_value());
  CHECK(nothing.reasoning == "denied: no policy set is active");
  const auto empty = set_of({});
  CHECK(short_of(judge(request, &empty, {}, {})) == "denied no_policy_in_force");
  for (const auto* mode : {"permissive", "strict", "paranoid"}) {
    const auto set =
        set_of({"mode: " + std::string(mode) + "\neffective_from: 2026-01-01T00:00:00Z\n" + all});
    const auto verdict = judge(request, &set, {}, {});
    CHECK(short_of(verdict) == "denied no_policy_in_force");
    CHECK(verdict.policy_hash == set.policy_hash);
    CHECK(verdict.risk.score == 90);
    CHECK(verdict.reasons.size() == 1);
    CHECK(verdict.matched.empty());
    CHECK(verdict.files_not_in_force == std::vector<std::string>{"policies/2.yaml"});
    CHECK(verdict.reasoning == "denied: no policy file is in force");
  }
}

TEST_CASE("a guard denies with its code before anything else") {
  const auto set = set_of({all});
  for (const auto code :
       {policy::ReasonCode::emergency_stop, policy::ReasonCode::rate_limited,
        policy::ReasonCode::budget_exceeded, policy::ReasonCode::model_not_approved,
        policy::ReasonCode::prompt_not_approved, policy::ReasonCode::prohibited_content}) {
    Facts facts = approvals({{"ann", "human_confirmation", 1}});
    facts.guard = code;
    for (const auto* active : {&set, static_cast<const ActiveSet*>(nullptr)}) {
      const auto verdict = judge(request_of(R"({"actor":"a","action":"b"})"), active, facts, {});
      CHECK(verdict.outcome == policy::Outcome::denied);
      CHECK(verdict.reason == code);
      CHECK(verdict.matched.empty());
      CHECK_FALSE(verdict.risk.score.has_value());
    }
  }
}

TEST_CASE("a file out of force gives neither relations nor terms, but its mode counts") {
  const auto request = request_of(R"({"actor":"bot","action":"read","resource":"crm"})");
  const std::string window = "effective_until: 2026-01-01T00:00:00Z\n";
  const auto before = entry_time("2025-12-31T23:59:59.999999Z").value();
  const auto after = entry_time("2026-01-01T00:00:00.000000Z").value();
  const std::string group_rule =
      "mode: permissive\nrelations: [{type: forbids, subject: actor:bots, object: data:email}]\n";
  const auto set = set_of({group_rule, window + "mode: permissive\n" + terms});
  CHECK(short_of(judge(request, &set, {}, before)) == "denied forbidden");
  CHECK(judge(request, &set, {}, before).owners == std::vector<std::string>{"actor:human:ann"});
  CHECK(short_of(judge(request, &set, {}, after)) == "approved not_forbidden");
  CHECK(judge(request, &set, {}, after).owners.empty());
  const auto strict = set_of({group_rule, window + "mode: strict\n" + terms});
  CHECK(short_of(judge(request, &strict, {}, after)) == "denied not_permitted");
}

TEST_CASE("one term in several files has the groups and the contents of all") {
  const auto set = set_of(
      {"terms: [{id: actor:a, type: actor, member_of: [actor:g]}, {id: resource:r, type: resource, "
       "contains: [data:x]}]",
       "terms: [{id: actor:a, type: actor, member_of: [actor:h]}, {id: resource:r, type: resource, "
       "contains: [data:y]}]",
       "relations: [{type: permits, subject: actor:g, action: '*', object: 'resource:*'},"
       " {type: permits, subject: actor:h, action: '*', object: data:x},"
       " {type: permits, subject: actor:h, action: '*', object: data:y}]"});
  const auto verdict =
      judge(request_of(R"({"actor":"a","action":"b","resource":"r"})"), &set, {}, {});
  CHECK(short_of(verdict) == "approved permitted");
  CHECK(verdict.matched_count == 3);
}

TEST_CASE("owners are those that files in force name for this very actor, sorted") {
  const auto set =
      set_of({"terms: [{id: actor:a, type: actor, owner: actor:z, member_of: [actor:g]},"
              " {id: actor:g, type: actor, owner: actor:of-the-group}]",
              "terms: [{id: actor:a, type: actor, owner: actor:b}]",
              "terms: [{id: actor:a, type: actor, owner: actor:z}]"});
  const auto verdict = judge(request_of(R"({"actor":"a","action":"b"})"), &set, {}, {});
  CHECK(verdict.owners == std::vector<std::string>{"actor:b", "actor:z"});
}

TEST_CASE("a requires counts approvals of its name by different operators") {
  const auto set = set_of(
      {all,
       "relations: [{id: two, type: requires, action: '*', requirement: dual, approvals: 2}]"});
  const auto request = request_of(R"({"actor":"a","action":"b"})");
  const auto outcome = [&](std::initializer_list<Approval> list) {
    return short_of(judge(request, &set, approvals(list), {}));
  };
  CHECK(outcome({}) == "conditional requirement_unmet");
  CHECK(outcome({{"ann", "dual", 1}}) == "conditional requirement_unmet");
  CHECK(outcome({{"ann", "dual", 1}, {"ann", "dual", 2}}) == "conditional requirement_unmet");
  CHECK(outcome({{"ann", "dual", 1}, {"ben", "other", 2}}) == "conditional requirement_unmet");
  CHECK(outcome({{"ann", "dual", 1}, {"ben", "dual", 2}}) == "approved permitted");
  const auto unmet = judge(request, &set, {}, {});
  CHECK(unmet.unmet == std::vector<std::string>{"dual"});
  CHECK(unmet.matched == std::vector<std::string>{"two", "all"});
  CHECK(unmet.reasoning == "conditional: unmet dual; required by `two`");
}

TEST_CASE("a human confirmation lifts what was escalated and nothing else") {
  const auto confirmed = approvals({{"ann", "human_confirmation", 1}});
  const auto request = request_of(R"({"actor":"a","action":"b","risk":{"security":95}})");
  const auto risky = set_of({all});
  CHECK(short_of(judge(request, &risky, {}, {})) == "escalated risk_threshold");
  const auto lifted = judge(request, &risky, confirmed, {});
  CHECK(short_of(lifted) == "approved human_confirmed");
  CHECK(lifted.reasons.size() == 1);
  const auto calm = request_of(R"({"actor":"a","action":"b","risk":{"security":5}})");
  CHECK(short_of(judge(calm, &risky, confirmed, {})) == "approved permitted");
  const auto forbidden = set_of({all, "relations: [{type: forbids, action: action:b}]"});
  CHECK(short_of(judge(request, &forbidden, confirmed, {})) == "denied forbidden");
  const auto unmet =
      set_of({all, "relations: [{type: requires, action: action:b, requirement: review}]"});
  CHECK(short_of(judge(request, &unmet, {}, {})) == "escalated risk_threshold");
  CHECK(short_of(judge(request, &unmet, confirmed, {})) == "conditional requirement_unmet");
}

TEST_CASE("an exception lifts the relations that it names until it expires") {
  const auto set = set_of({all, "relations: [{id: nope, type: forbids, action: action:b}]"});
  const auto request = request_of(R"({"actor":"a","action":"b"})");
  Facts facts;
  facts.exceptions = {{"ovr_1", {"nope"}, Timestamp{100}}};
  CHECK(short_of(judge(request, &set, facts, {99})) == "approved permitted");
  CHECK(short_of(judge(request, &set, facts, {100})) == "denied forbidden");
  facts.exceptions = {{"ovr_1", {"nope", "unknown"}, std::nullopt}};
  const auto verdict = judge(request, &set, facts, {});
  CHECK(short_of(verdict) == "approved permitted");
  CHECK(verdict.matched == std::vector<std::string>{"all"});
  REQUIRE(verdict.trace.size() == 2);
  CHECK(verdict.trace[0].effect == "exception");
  CHECK(verdict.trace[0].relation == "nope");
  facts.exceptions = {{"ovr_1", {"all"}, std::nullopt}};
  CHECK(short_of(judge(request, &set, facts, {})) == "denied forbidden");
}

TEST_CASE("the risk of a request escalates from the threshold on") {
  const auto set = set_of({all}, "threshold: 60");
  const auto at = [&](const char* risk) {
    return short_of(
        judge(request_of(R"({"actor":"a","action":"b","risk":)" + std::string(risk) + "}"), &set,
              {}, {}));
  };
  CHECK(at(R"({"security":59})") == "approved permitted");
  CHECK(at(R"({"security":60})") == "escalated risk_threshold");
  CHECK(at("{}") == "approved permitted");
}

TEST_CASE("paranoid mode asks a human when nothing was scored, and at high and critical") {
  const auto set = set_of({"mode: paranoid\n" + all});
  const auto at = [&](const char* risk) {
    return short_of(
        judge(request_of(R"({"actor":"a","action":"b","risk":)" + std::string(risk) + "}"), &set,
              {}, {}));
  };
  CHECK(at("{}") == "escalated human_confirmation_required");
  CHECK(at(R"({"security":50})") == "approved permitted");
  CHECK(at(R"({"security":51})") == "escalated human_confirmation_required");
  CHECK(at(R"({"security":80})") == "escalated risk_threshold");
}

TEST_CASE("all reasons are carried, the strictest first, each once") {
  const auto set =
      set_of({"mode: paranoid\nrelations: [{type: forbids, action: action:b},"
              " {type: forbids, subject: actor:a},"
              " {type: requires, action: action:b, requirement: yy},"
              " {type: requires, action: action:b, requirement: xx, on_unmet: deny},"
              " {type: requires, action: action:b, requirement: xx, on_unmet: escalate}]"});
  const auto verdict =
      judge(request_of(R"({"actor":"a","action":"b","risk":{"privacy":99}})"), &set, {}, {});
  std::vector<std::string> codes;
  for (const auto& reason : verdict.reasons) codes.emplace_back(policy::to_string(reason.code));
  CHECK(codes == std::vector<std::string>{"forbidden", "not_permitted", "requirement_denied",
                                          "risk_threshold", "human_confirmation_required",
                                          "requirement_escalated", "requirement_unmet"});
  CHECK(verdict.unmet == std::vector<std::string>{"xx", "yy"});
}

TEST_CASE("matched holds deciding relations first, in canonical order, at most 32") {
  std::string many = "relations:\n";
  for (int i = 10; i < 50; ++i) {
    many += "  - {id: p" + std::to_string(i) + ", type: permits, subject: '*', action: '*'}\n";
  }
  const auto set = set_of({many,
                           "relations: [{id: z, type: forbids, action: action:b},"
                           " {id: b, type: forbids, subject: actor:a}]"});
  const auto verdict = judge(request_of(R"({"actor":"a","action":"b"})"), &set, {}, {});
  REQUIRE(verdict.matched.size() == 32);
  CHECK(verdict.matched_count == 42);
  CHECK(verdict.matched[0] == "z");
  CHECK(verdict.matched[1] == "b");
  CHECK(verdict.matched[2] == "p10");
  CHECK(verdict.matched[31] == "p39");
}

TEST_CASE("the sentence names ids and codes, a few of them") {
  const auto set =
      set_of({all + "  \n",
              "relations:\n"
              "  - {id: no-1, type: forbids, action: action:b, object: 'data:*'}\n"
              "  - {id: no-2, type: forbids, action: action:b, object: resource:prod}\n"});
  CHECK(judge(request_of(R"({"actor":"a","action":"b","resource":"prod"})"), &set, {}, {})
            .reasoning == "denied: forbidden by `no-2`; objects resource:prod");
  CHECK(
      judge(request_of(
                R"({"actor":"a","action":"b","resource":"prod","data_classes":["1","2","3","4"]})"),
            &set, {}, {})
          .reasoning ==
      "denied: forbidden by `no-1`, `no-2`; objects resource:prod, data:1, data:2 and 2 more");
  CHECK(judge(request_of(R"({"actor":"a","action":"c"})"), &set, {}, {}).reasoning ==
        "approved: permitted by `all`");
  const auto strict = set_of({"{}"});
  CHECK(judge(request_of(R"({"actor":"a","action":"c","resource":"r"})"), &strict, {}, {})
            .reasoning == "denied: no relation permits objects resource:r");
  CHECK(judge(request_of(R"({"actor":"a","action":"c"})"), &strict, {}, {}).reasoning ==
        "denied: no relation permits the request");
}

TEST_CASE("the trace shows actual and wanted values of every step") {
  const auto set =
      set_of({"mode: paranoid\nrelations:\n"
              "  - {id: p, type: permits, subject: 'actor:*', action: '*', object: "
              "'resource:*'}\n"
              "  - {id: r, type: requires, action: action:b, requirement: dual, "
              "approvals: 2}\n",
              "effective_until: 1971-01-01T00:00:00Z\nmode: permissive"});
  const auto verdict = judge(
      request_of(
          R"({"actor":"a","action":"b","resource":"r","data_classes":["d"],"risk":{"privacy":70}})"),
      &set, approvals({{"ann", "dual", 3}, {"ann", "human_confirmation", 4}}),
      entry_time("2026-01-01T00:00:00.000000Z").value());
  std::vector<std::string> lines;
  for (const auto& step : verdict.trace) {
    std::string objects;
    for (const auto& object : step.objects) objects += " " + object;
    lines.push_back(step.effect + " " + step.relation + objects + ": " + step.detail);
  }
  CHECK(lines ==
        std::vector<std::string>{
            "window policies/3.yaml: at 2026-01-01T00:00:00.000000Z, wanted from open until "
            "1971-01-01T00:00:00.000000Z",
            "permits p resource:r: actor actor:a, wanted actor:*; action action:b, wanted *; "
            "object wanted resource:*",
            "requires r resource:r data:d: actor actor:a, wanted *; action action:b, wanted "
            "action:b; approvals of dual by 1, wanted 2",
            "not_covered coverage data:d: mode paranoid",
            "risk risk: score 70, level high, wanted a score below 80",
            "mode paranoid: level high, wanted low or medium",
            "confirmation human_confirmation: the reasons to escalate are lifted",
        });
}

}  // namespace
}  // namespace lexecon::decision

TEST_SUITE_END();
