// Ledgers signed by their own key whose entries contradict those before them: each is found by one
// check, and passes without it.
#include <doctest/doctest.h>

#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/identity.hpp"
#include "decision/active_set.hpp"
#include "decision/facts.hpp"
#include "ledger/verify.hpp"
#include "unit/ledger/forge.hpp"

using namespace lexecon;
using test::Forge;
using test::Node;

namespace {

const std::string approved = "dec_01JNX8A0000000000000000001";   // NOLINT(cert-err58-cpp)
const std::string denied = "dec_01JNX8A0000000000000000002";     // NOLINT(cert-err58-cpp)
const std::string escalated = "dec_01JNX8A0000000000000000003";  // NOLINT(cert-err58-cpp)
const std::string bare = "dec_01JNX8A0000000000000000004";       // NOLINT(cert-err58-cpp)
const std::string fresh = "dec_01JNX8A0000000000000000009";      // NOLINT(cert-err58-cpp)
constexpr std::uint64_t first_forged = 8;

Json activation(const std::string& bytes) {
  const Hash hash = crypto::sha256(bytes);
  const std::vector<decision::FileDigest> files{{"node.yaml", hash}, {"risk.yaml", hash}};
  return {{"files",
           {{{"name", "node.yaml"}, {"sha256", hash.hex()}},
            {{"name", "risk.yaml"}, {"sha256", hash.hex()}}}},
          {"four_eyes", "double"},
          {"mode", "strict"},
          {"policy_hash", decision::set_hash(files).hex()},
          {"previous_hash", nullptr}};
}

// A node's history, and what may be appended to it.
struct Scene {
  Scene() {
    forge.add_genesis();
    forge.add("key.added", {{"kid", kid()},
                            {"public_key", to_hex(token_key.public_key().view())},
                            {"purpose", "token"}});
    forge.policy_file("id: node-1\n");
    forge.add("policy.activated", activation("id: node-1\n"));
    forge.end_transaction();
    decide(approved, "approved", "permitted", token('1'));
    decide(denied, "denied", "forbidden");
    decide(escalated, "escalated", "risk_threshold");
    escalate(escalated);
    forge.end_transaction();
    decide(bare, "approved", "permitted");
    forge.end_transaction();
  }

  [[nodiscard]] std::string kid() const { return token_key.public_key().kid(); }

  [[nodiscard]] Json token(char digit) const {
    return {{"aud", "api"},
            {"exp", to_text_seconds({forge.now.micros + 300'000'000})},
            {"iat", to_text_seconds(forge.now)},
            {"jti", "tok_" + std::string(32, digit)},
            {"kid", kid()},
            {"token_hash", std::string(64, digit)},
            {"uses", 2}};
  }

  using Change = std::function<void(Json&)>;

  void decide(const std::string& id, const std::string& outcome, const std::string& code,
              const Json& issued = nullptr, const Change& change = {}) {
    const Json sealed{{"action", "action:read"}, {"actor", "actor:bot"}, {"tool", id}};
    decide_sealed(id, outcome, code, issued, sealed, change);
  }

  void decide_sealed(const std::string& id, const std::string& outcome, const std::string& code,
                     const Json& issued, const Json& sealed, const Change& change = {}) {
    const Json data{{"action", "action:read"},
                    {"actor", "actor:bot"},
                    {"at", to_text(forge.now)},
                    {"data_classes", Json::array()},
                    {"decision_id", id},
                    {"engine", "lexecon-judge/1"},
                    {"facts", decision::to_json(decision::Facts{})},
                    {"idempotency_key", nullptr},
                    {"model", nullptr},
                    {"outcome", outcome},
                    {"owners", Json::array()},
                    {"policy",
                     {{"hash", activation("id: node-1\n").at("policy_hash")},
                      {"matched", Json::array()},
                      {"matched_count", 0},
                      {"mode", "strict"},
                      {"unmet", Json::array()}}},
                    {"prompt", nullptr},
                    {"reason_code", code},
                    {"reasoning", outcome},
                    {"reasons", {code}},
                    {"request_id", nullptr},
                    {"resource", nullptr},
                    {"responsibility", {{"level", "automated"}, {"maker", "ai_system"}}},
                    {"risk", nullptr},
                    {"tenant", nullptr},
                    {"token", issued},
                    {"tool", nullptr},
                    {"trace_id", nullptr},
                    {"usage", nullptr},
                    {"via", "cli"}};
    forge.add(
        "decision", data,
        [&](Json& entry) {
          entry["actor"] = "actor:bot";
          if (change) change(entry);
        },
        forge.salted(sealed));
  }

  void name_escalation(const std::string& act, const Json& more = Json::object(),
                       const std::string& tail = "00000001") {
    Json data{{"decision_id", escalated}, {"escalation_id", "esc_" + escalated + "_" + tail}};
    data.update(more);
    forge.add("escalation." + act, data);
  }
  void escalate(const std::string& id, const std::string& tail = "00000001") {
    forge.add("escalation.created", {{"decision_id", id},
                                     {"escalation_id", "esc_" + id + "_" + tail},
                                     {"priority", "high"},
                                     {"reasons", {"risk_threshold"}}});
  }

  void issue(const std::string& id, char digit, const Change& change = {}) {
    forge.add("token.issued",
              {{"at", to_text(forge.now)},
               {"decision_id", id},
               {"facts", decision::to_json(decision::Facts{})},
               {"policy_hash", activation("id: node-1\n").at("policy_hash")},
               {"token", token(digit)}},
              change);
  }

  /// evidence.added as it should be, but for what `change` makes of it; returns its id.
  std::string evidence(const Change& change = {}) {
    const auto sealed = forge.salted({{"size", 1}});
    const auto id = "evd_screenshot_" + crypto::sha256(sealed).hex().substr(0, 32);
    forge.add("evidence.added", {{"evidence_id", id}, {"type", "screenshot"}}, change, sealed);
    return id;
  }
  void link(const std::string& id, const Json& decision) {
    forge.add("evidence.linked",
              {{"control", "c1"}, {"decision_id", decision}, {"evidence_id", id}});
  }

  void assign(const Change& change = {}) {
    forge.add("responsibility.assigned",
              {{"confidence", nullptr},
               {"decision_id", approved},
               {"delegated_from", Json::array()},
               {"level", "full"},
               {"liability_accepted", false},
               {"maker", "human_operator"},
               {"responsibility_id", "rsp_01JNX8A0000000000000000001"},
               {"responsible", "actor:human:bob"},
               {"review_due", nullptr}},
              change);
  }

  void use(char digit, int use, char hash) {
    forge.add("token.used", {{"jti", "tok_" + std::string(32, digit)},
                             {"token_hash", std::string(64, hash)},
                             {"use", use}});
  }

  void revoke(char digit, char hash) {
    forge.add("token.revoked", {{"jti", "tok_" + std::string(32, digit)},
                                {"reason", "leaked"},
                                {"token_hash", std::string(64, hash)}});
  }

  void remove_key(const std::string& name) {
    forge.add("key.removed", {{"kid", name}, {"reason", "lost"}});
  }

  Node node;
  crypto::SecretKey token_key = crypto::SecretKey::generate(node.entropy);
  Forge forge{node};
};

std::string failures(const ledger::Verification& verification) {
  std::string failed;
  for (const auto& check : verification.checks) {
    if (check.status != ledger::CheckStatus::fail) continue;
    failed += (failed.empty() ? "" : ", ") + check.name;
  }
  return failed;
}

struct Contradiction {
  std::string check;
  std::string what;
  std::function<void(Scene&)> make;
  std::uint64_t first_bad = first_forged;
};

Scene::Change at(const std::string& pointer, const Json& value) {
  return [=](Json& entry) { entry[Json::json_pointer(pointer)] = value; };
}

Contradiction decided(const std::string& check, const std::string& what,
                      const Scene::Change& change) {
  return {check, what,
          [=](Scene& scene) { scene.decide(fresh, "approved", "permitted", nullptr, change); }};
}

std::vector<Contradiction> about_decisions() {
  return {
      decided("events", "decided at another time", at("/data/at", "2020-01-01T00:00:00.000000Z")),
      decided("events", "an entry of another actor", at("/actor", "actor:other")),
      decided("events", "approved for a reason to deny",
              [](Json& entry) {
                entry["data"]["reason_code"] = "forbidden";
                entry["data"]["reasons"] = {"forbidden"};
              }),
      decided("state", "a decision taken twice", at("/data/decision_id", approved)),
      decided("state", "under a set never in force", at("/data/policy/hash", std::string(64, 'b'))),
      decided("state", "in another mode", at("/data/policy/mode", "permissive")),
      decided("state", "resting on a confirmation that is not there",
              at("/data/facts/approvals",
                 Json::array({{{"operator", "bob"}, {"requirement", "dual"}, {"seq", 1}}}))),
      {"state", "no set, though one was in force",
       [](Scene& scene) {
         scene.decide(fresh, "denied", "no_policy_in_force", nullptr, [](Json& entry) {
           entry["data"]["policy"]["hash"] = nullptr;
           entry["data"]["policy"]["mode"] = nullptr;
         });
       }},
      {"sealed", "a sealed request of another actor",
       [](Scene& scene) {
         scene.decide_sealed(fresh, "approved", "permitted", nullptr,
                             {{"action", "action:read"}, {"actor", "actor:evil"}});
       }},
      {"sealed", "a sealed request with a resource that the entry lacks",
       [](Scene& scene) {
         scene.decide_sealed(
             fresh, "approved", "permitted", nullptr,
             {{"action", "action:read"}, {"actor", "actor:bot"}, {"resource", "resource:x"}});
       }},
      {"sealed", "a sealed request whose resource is nested only",
       [](Scene& scene) {
         scene.decide_sealed(fresh, "approved", "permitted", nullptr,
                             {{"action", "action:read"},
                              {"actor", "actor:bot"},
                              {"context", {{"resource", "resource:x"}}}},
                             at("/data/resource", "resource:x"));
       }},
      {"sealed", "sealed content that is no request",
       [](Scene& scene) { scene.decide_sealed(fresh, "approved", "permitted", nullptr, "hello"); }},
  };
}

std::vector<Contradiction> about_escalations() {
  return {
      {"state", "an escalated decision without its escalation",
       [](Scene& scene) { scene.decide(fresh, "escalated", "risk_threshold"); }},
      {"state", "an escalation in a later transaction",
       [](Scene& scene) {
         scene.decide(fresh, "escalated", "risk_threshold");
         scene.forge.end_transaction();
         scene.escalate(fresh);
       }},
      {"state", "an escalation of no decision", [](Scene& scene) { scene.escalate(fresh); }},
      {"state", "an escalation of what was denied", [](Scene& scene) { scene.escalate(denied); }},
      {"state", "a second escalation", [](Scene& scene) { scene.escalate(escalated, "00000002"); }},
      {"state", "an escalation acknowledged that was never created",
       [](Scene& scene) { scene.name_escalation("acknowledged", Json::object(), "00000002"); }},
      {"state", "an escalation acknowledged twice",
       [](Scene& scene) {
         scene.name_escalation("acknowledged");
         scene.name_escalation("acknowledged");
       },
       first_forged + 1},
      {"state", "an escalation acknowledged after it was assigned",
       [](Scene& scene) {
         scene.name_escalation("assigned", {{"operator", "ann"}});
         scene.name_escalation("acknowledged");
       },
       first_forged + 1},
      {"state", "an escalation assigned twice to one",
       [](Scene& scene) {
         scene.name_escalation("assigned", {{"operator", "ann"}});
         scene.name_escalation("assigned", {{"operator", "ann"}});
       },
       first_forged + 1},
      {"state", "an escalation raised to what it is",
       [](Scene& scene) {
         scene.name_escalation("raised", {{"priority", "high"}});
       }},
      {"state", "an escalation lowered",
       [](Scene& scene) {
         scene.name_escalation("raised", {{"priority", "critical"}});
         scene.name_escalation("raised", {{"priority", "high"}});
       },
       first_forged + 1},
      {"state", "a breach recorded twice",
       [](Scene& scene) {
         scene.name_escalation("breached");
         scene.name_escalation("breached");
       },
       first_forged + 1},
      {"state", "an escalation that fails and nobody handed up",
       [](Scene& scene) { scene.name_escalation("failed"); }},
  };
}

std::vector<Contradiction> about_tokens() {
  return {
      {"state", "a second token", [](Scene& scene) { scene.issue(approved, '2'); }},
      {"state", "a token for a denied decision", [](Scene& scene) { scene.issue(denied, '2'); }},
      {"state", "a token for no decision", [](Scene& scene) { scene.issue(fresh, '2'); }},
      {"state", "two tokens issued later",
       [](Scene& scene) {
         scene.issue(bare, '2');
         scene.issue(bare, '3');
       },
       first_forged + 1},
      {"events", "a token issued at another time",
       [](Scene& scene) {
         scene.issue(bare, '2',
                     [](Json& entry) { entry["data"]["at"] = "2026-01-01T00:00:00.999999Z"; });
       }},
      {"state", "a token under a set never in force",
       [](Scene& scene) { scene.issue(bare, '2', at("/data/policy_hash", std::string(64, 'b'))); }},
      {"state", "a token's id used again", [](Scene& scene) { scene.issue(bare, '1'); }},
      {"state", "a token by an unknown key",
       [](Scene& scene) { scene.issue(bare, '2', at("/data/token/kid", std::string(16, '0'))); }},
      {"state", "a token by a key that was removed",
       [](Scene& scene) {
         scene.remove_key(scene.kid());
         scene.issue(bare, '2');
       },
       first_forged + 1},
      {"state", "the use of an unknown token", [](Scene& scene) { scene.use('7', 1, '7'); }},
      {"state", "the use of another token's hash", [](Scene& scene) { scene.use('1', 1, '7'); }},
      {"state", "a use left out", [](Scene& scene) { scene.use('1', 2, '1'); }},
      {"state", "a use told twice",
       [](Scene& scene) {
         scene.use('1', 1, '1');
         scene.use('1', 1, '1');
       },
       first_forged + 1},
      {"state", "more uses than it had",
       [](Scene& scene) {
         for (const int use : {1, 2, 3}) scene.use('1', use, '1');
       },
       first_forged + 2},
      {"state", "a use after the end of its life",
       [](Scene& scene) {
         scene.forge.now.micros += 300'000'000;
         scene.use('1', 1, '1');
       }},
      {"state", "a use after it was revoked",
       [](Scene& scene) {
         scene.revoke('1', '1');
         scene.use('1', 1, '1');
       },
       first_forged + 1},
      {"state", "an unknown token revoked", [](Scene& scene) { scene.revoke('7', '7'); }},
      {"state", "a token revoked under another hash", [](Scene& scene) { scene.revoke('1', '7'); }},
      {"state", "a key added twice",
       [](Scene& scene) {
         scene.forge.add("key.added", {{"kid", scene.kid()},
                                       {"public_key", to_hex(scene.token_key.public_key().view())},
                                       {"purpose", "token"}});
       }},
      {"state", "a key removed twice",
       [](Scene& scene) {
         scene.remove_key(scene.kid());
         scene.remove_key(scene.kid());
       },
       first_forged + 1},
  };
}

std::vector<Contradiction> about_evidence() {
  const std::string foreign = "evd_screenshot_" + std::string(32, '0');
  return {
      {"state", "evidence that is not named after its sealed content",
       [=](Scene& scene) { (void)scene.evidence(at("/data/evidence_id", foreign)); }},
      {"state", "evidence without sealed content",
       [=](Scene& scene) {
         scene.forge.add("evidence.added", {{"evidence_id", foreign}, {"type", "screenshot"}});
       }},
      {"events", "evidence of another type than its id says",
       [](Scene& scene) { (void)scene.evidence(at("/data/type", "signature")); }},
      {"events", "evidence of a type that there is not",
       [](Scene& scene) { (void)scene.evidence(at("/data/type", "rumour")); }},
      {"state", "a link of evidence that was never added",
       [=](Scene& scene) { scene.link(foreign, approved); }},
      {"state", "a link to a decision that nobody took",
       [](Scene& scene) { scene.link(scene.evidence(), fresh); }, first_forged + 1},
      {"state", "a link to a decision that was taken later",
       [](Scene& scene) {
         scene.link(scene.evidence(), fresh);
         scene.decide(fresh, "approved", "permitted");
       },
       first_forged + 1},
  };
}

Json stopped(const std::string& scope, const Json& target, char digit = '1') {
  return {{"reason", "incident"},
          {"scope", scope},
          {"stop_id", "stp_0000000000000000000000000" + std::string(1, digit)},
          {"target", target}};
}

Scene::Change of_tenant(const std::string& tenant) { return at("/data/tenant", tenant); }

std::vector<Contradiction> about_stops() {
  const auto stop = [](Scene& scene, const std::string& scope, const Json& target) {
    scene.forge.add("oversight.stopped", stopped(scope, target));
  };
  return {
      {"state", "an approval while everything is stopped",
       [=](Scene& scene) {
         stop(scene, "all", nullptr);
         scene.decide(fresh, "approved", "permitted");
       },
       first_forged + 1},
      {"state", "an approval while the actor is stopped",
       [=](Scene& scene) {
         stop(scene, "actor", "actor:bot");
         scene.decide(fresh, "approved", "permitted");
       },
       first_forged + 1},
      {"state", "an approval while the tenant is stopped",
       [=](Scene& scene) {
         stop(scene, "tenant", "acme");
         scene.decide(fresh, "approved", "permitted", nullptr, of_tenant("acme"));
       },
       first_forged + 1},
      {"state", "a denial by a stop that nobody gave",
       [](Scene& scene) {
         scene.decide(fresh, "denied", "emergency_stop", nullptr,
                      at("/data/facts/guard", "emergency_stop"));
       }},
      {"state", "a token issued while its actor is stopped",
       [=](Scene& scene) {
         stop(scene, "actor", "actor:bot");
         scene.issue(bare, '2');
       },
       first_forged + 1},
      {"state", "a token used while everything is stopped",
       [=](Scene& scene) {
         stop(scene, "all", nullptr);
         scene.use('1', 1, '1');
       },
       first_forged + 1},
      {"state", "a token used while the actor is stopped for whom it was minted",
       [=](Scene& scene) {
         stop(scene, "actor", "actor:bot");
         scene.use('1', 1, '1');
       },
       first_forged + 1},
      {"state", "a token used while the tenant is stopped that its decision names",
       [=](Scene& scene) {
         scene.decide(fresh, "approved", "permitted", scene.token('2'), of_tenant("acme"));
         stop(scene, "tenant", "acme");
         scene.use('2', 1, '2');
       },
       first_forged + 2},
      {"state", "a token issued later, used while the tenant of its decision is stopped",
       [=](Scene& scene) {
         scene.decide(fresh, "approved", "permitted", nullptr, of_tenant("acme"));
         scene.issue(fresh, '2');
         stop(scene, "tenant", "acme");
         scene.use('2', 1, '2');
       },
       first_forged + 3},
      {"approvals", "a stop that is ended by nobody",
       [=](Scene& scene) {
         stop(scene, "all", nullptr);
         scene.forge.add("oversight.resumed", {{"reason", "all_clear"},
                                               {"stop_id", stopped("all", nullptr)["stop_id"]}});
       },
       first_forged + 1},
      {"approvals", "a stop that is there twice",
       [=](Scene& scene) {
         stop(scene, "all", nullptr);
         stop(scene, "all", nullptr);
       },
       first_forged + 1},
  };
}

Json operator_added(const std::string& name, const std::string& role) {
  return {{"actors", Json::array()},
          {"operator", name},
          {"public_key",
           "ssh-ed25519 "
           "AAAAC3NzaC1lZDI1NTE5AAAAINRgVLHSt24ZNl5OFdPia8YKSdPSECoKlMnkw9FETsGp"},
          {"role", role}};
}

std::vector<Contradiction> about_approvals() {
  const std::string escalation = "esc_" + escalated + "_00000001";
  return {
      {"approvals", "a first operator who is no admin",
       [](Scene& scene) { scene.forge.add("operator.added", operator_added("bob", "viewer")); }},
      {"approvals", "a second operator whom nobody approved",
       [](Scene& scene) {
         scene.forge.add("operator.added", operator_added("bob", "admin"));
         scene.forge.add("operator.added", operator_added("eve", "admin"));
       },
       first_forged + 1},
      {"approvals", "a key removed without approval beside an operator",
       [](Scene& scene) {
         scene.forge.add("operator.added", operator_added("bob", "admin"));
         scene.remove_key(scene.kid());
       },
       first_forged + 1},
      {"approvals", "an escalation resolved by nobody",
       [=](Scene& scene) {
         scene.forge.add("escalation.resolved", {{"decision_id", escalated},
                                                 {"escalation_id", escalation},
                                                 {"expires_at", to_text(scene.forge.now)},
                                                 {"outcome", "approved"}});
       }},
      {"approvals", "an approval that nobody verified",
       [](Scene& scene) {
         Json data = operator_added("bob", "admin");
         data["approval"] = {
             {"issued_at", to_text(scene.forge.now)},
             {"nonce", std::string(32, 'b')},
             {"operator", "bob"},
             {"role", "admin"},
             {"sshsig", "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n"},
             {"subject", "bob"},
             {"subject_digest", std::string(64, '0')}};
         scene.forge.add("operator.added", data);
       }},
  };
}

std::vector<Contradiction> about_responsibility() {
  const auto assigned = [](const char* check, const char* what, const Scene::Change& change) {
    return Contradiction{check, what, [=](Scene& scene) { scene.assign(change); }};
  };
  return {
      assigned("state", "responsibility for a decision that nobody took",
               at("/data/decision_id", fresh)),
      assigned("state", "an operator who is none", at("/data/responsible", "operator:eve")),
      assigned("state", "liability that nobody signed", at("/data/liability_accepted", true)),
      assigned("state", "delegated by nobody", at("/data/maker", "delegated")),
      assigned("state", "delegated, and made by himself",
               at("/data/delegated_from", Json::array({"actor:human:ceo"}))),
      assigned("state", "delegated in a circle",
               [](Json& entry) {
                 entry["data"]["maker"] = "delegated";
                 entry["data"]["delegated_from"] = Json::array({"actor:human:bob"});
               }),
      assigned("state", "a review that was due before",
               at("/data/review_due", "2020-01-01T00:00:00.000000Z")),
      assigned("events", "a confidence beyond all doubt", at("/data/confidence", 101)),
      {"state", "liability of an operator that nobody signed",
       [](Scene& scene) {
         scene.forge.add("operator.added", operator_added("bob", "admin"));
         scene.assign([](Json& entry) {
           entry["data"]["responsible"] = "operator:bob";
           entry["data"]["liability_accepted"] = true;
         });
       },
       first_forged + 1},
      {"state", "an operator who became one later",
       [](Scene& scene) {
         scene.assign(at("/data/responsible", "operator:bob"));
         scene.forge.add("operator.added", operator_added("bob", "admin"));
       }},
  };
}

Json incident(const Scene& scene, const Json& decisions) {
  return {{"aware_at", to_text(scene.forge.now)},
          {"decisions", decisions},
          {"incident_id", "inc_01JNX8A0000000000000000001"},
          {"link_established_at", nullptr},
          {"occurred_at", to_text(test::epoch)},
          {"severity", "serious_harm"},
          {"system", "triage"}};
}

std::vector<Contradiction> about_incidents() {
  const auto recorded = [](const char* check, const char* what, const Scene::Change& change) {
    return Contradiction{check, what, [=](Scene& scene) {
                           scene.forge.add("incident.recorded", incident(scene, {approved}),
                                           change);
                         }};
  };
  const Json later = "2099-01-01T00:00:00.000000Z";
  return {
      recorded("state", "an incident of a decision that nobody took",
               at("/data/decisions", Json::array({fresh}))),
      recorded("state", "an incident of a decision that nobody took, among others",
               at("/data/decisions", Json::array({approved, denied, fresh}))),
      {"state", "an incident of a decision that was taken later",
       [](Scene& scene) {
         scene.forge.add("incident.recorded", incident(scene, {approved, fresh}));
         scene.decide(fresh, "approved", "permitted");
       }},
      recorded("incidents", "an incident known after it was recorded", at("/data/aware_at", later)),
      recorded("incidents", "an incident explained after it was recorded",
               at("/data/link_established_at", later)),
      recorded("events", "an incident known before it occurred",
               at("/data/aware_at", "2025-01-01T00:00:00.000000Z")),
      {"incidents", "an incident recorded twice",
       [](Scene& scene) {
         for (int i = 0; i < 2; ++i) {
           scene.forge.add("incident.recorded", incident(scene, {approved}));
         }
       },
       first_forged + 1},
      {"approvals", "an incident updated by nobody",
       [](Scene& scene) {
         scene.forge.add("incident.recorded", incident(scene, {approved}));
         scene.forge.add("incident.updated", incident(scene, Json::array()));
       },
       first_forged + 1},
  };
}

void expect_only(const Contradiction& contradiction) {
  CAPTURE(contradiction.check);
  CAPTURE(contradiction.what);
  Scene scene;
  contradiction.make(scene);
  scene.forge.end_transaction();
  scene.forge.build();
  ledger::VerifyOptions options;
  const auto with = ledger::verify(scene.node.files, options);
  CHECK(with.verdict == ledger::Verdict::invalid);
  CHECK(failures(with) == contradiction.check);
  CHECK(with.first_bad_seq.value_or(UINT64_MAX) == contradiction.first_bad);
  options.skip = {contradiction.check};
  CHECK(failures(ledger::verify(scene.node.files, options)).empty());
}

}  // namespace

TEST_SUITE("ledger/verify_state") {
  TEST_CASE("a history in which everything follows is valid") {
    Scene scene;
    scene.issue(bare, '2');
    for (const int use : {1, 2}) scene.use('1', use, '1');
    scene.use('2', 1, '2');
    scene.revoke('2', '2');
    scene.name_escalation("acknowledged");
    scene.name_escalation("breached");
    scene.name_escalation("assigned", {{"operator", "ann"}});
    scene.name_escalation("raised", {{"priority", "critical"}});
    scene.name_escalation("assigned", {{"operator", "bob"}});
    // An id from before those on record: clocks and processes differ.
    scene.decide("dec_01JNX8A0000000000000000000", "approved", "permitted", scene.token('3'));
    scene.use('3', 1, '3');
    const auto evidence = scene.evidence();
    (void)scene.evidence();
    scene.link(evidence, nullptr);
    scene.link(evidence, denied);
    scene.decide(fresh, "approved", "permitted", scene.token('4'), of_tenant("acme"));
    scene.forge.add("oversight.stopped", stopped("tenant", "other"));
    scene.forge.add("oversight.stopped", stopped("actor", "actor:other", '2'));
    scene.use('4', 1, '4');
    for (int i = 0; i < 2; ++i) scene.assign();
    scene.forge.add("incident.recorded", incident(scene, {approved, denied, escalated}));
    scene.remove_key(scene.kid());
    scene.forge.add("token.refused", {{"jti", "tok_" + std::string(32, '1')},
                                      {"reason", "used_up"},
                                      {"token_hash", std::string(64, '1')}});
    scene.forge.add("operator.added", operator_added("bob", "admin"));
    scene.forge.end_transaction();
    scene.forge.build();
    const auto verification = ledger::verify(scene.node.files, {});
    CHECK(failures(verification).empty());
    CHECK(verification.verdict == ledger::Verdict::valid);
  }

  TEST_CASE(
      "evidence is added once: its name is made from its sealed content, and so is twice there") {
    Scene scene;
    const auto sealed = scene.forge.salted({{"size", 1}});
    const auto id = "evd_screenshot_" + crypto::sha256(sealed).hex().substr(0, 32);
    for (int i = 0; i < 2; ++i) {
      scene.forge.add("evidence.added", {{"evidence_id", id}, {"type", "screenshot"}}, {}, sealed);
    }
    scene.forge.end_transaction();
    scene.forge.build();
    CHECK(failures(ledger::verify(scene.node.files, {})) == "state, sealed_unique");
  }

  TEST_CASE("what contradicts an earlier entry is found by one check alone") {
    std::size_t count = 0;
    for (const auto& group :
         {about_decisions(), about_escalations(), about_tokens(), about_evidence(), about_stops(),
          about_approvals(), about_responsibility(), about_incidents()}) {
      for (const auto& contradiction : group) {
        expect_only(contradiction);
        ++count;
      }
    }
    std::cout << "verifier state: " << count << " ledgers that contradict themselves\n";
  }
}
