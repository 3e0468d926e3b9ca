#include "chain/event.hpp"

#include <doctest/doctest.h>

#include <iostream>

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "chain/cosignature.hpp"
#include "crypto/identity.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::text;

namespace {

constexpr std::uint64_t own_seq = 50;
const std::string hash_text(64, 'a');                           // NOLINT(cert-err58-cpp)
const std::string decision = "dec_01JNX8A0000000000000000000";  // NOLINT(cert-err58-cpp)

Json keys() { return test::load_json(test::data_file("keys/keys.json")); }

std::string test_vkey() {
  std::string out = test::slurp(test::data_file("keys/vkey.txt"));
  out.pop_back();
  return out;
}

Json approval() {
  return {{"issued_at", "2026-03-01T10:00:00.000000Z"},
          {"nonce", std::string(32, 'b')},
          {"operator", "alice"},
          {"role", "admin"},
          {"sshsig", "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n"},
          {"subject", "alice"},
          {"subject_digest", hash_text}};
}

Json token_record() {
  return {{"aud", "api"},
          {"exp", "2026-03-01T10:05:00Z"},
          {"iat", "2026-03-01T10:00:00Z"},
          {"jti", "tok_" + std::string(32, 'c')},
          {"kid", std::string(16, 'd')},
          {"token_hash", hash_text},
          {"uses", 1}};
}

Json facts() {
  return {{"approvals", {{{"operator", "bob"}, {"requirement", "dual"}, {"seq", 49}}}},
          {"exceptions",
           {{{"expires_at", nullptr},
             {"override_id", "ovr_" + decision + "_0123abcd"},
             {"relations", {"permits:actor:*:action:x"}}}}},
          {"guard", nullptr},
          {"limits",
           {{{"allowed", 10}, {"name", "calls"}, {"used", 3}},
            {{"allowed", 5}, {"name", "spend"}, {"used", 5}}}},
          {"registry", {{"model", "approved"}, {"prompt", nullptr}}}};
}

Json full_decision() {
  return {{"action", "action:read:customer"},
          {"actor", "actor:ai_agent:support"},
          {"at", "2026-03-01T10:00:00.999999Z"},
          {"data_classes", {"data:a", "data:b"}},
          {"decision_id", decision},
          {"engine", "lexecon-judge/1"},
          {"facts", facts()},
          {"idempotency_key", "k-1"},
          {"model", "m@1"},
          {"outcome", "approved"},
          {"owners", {"actor:human_user:alice"}},
          {"policy",
           {{"hash", hash_text},
            {"matched", {"support-reads"}},
            {"matched_count", 1},
            {"mode", "strict"},
            {"unmet", {"dual", "other"}}}},
          {"prompt", "p"},
          {"reason_code", "permitted"},
          {"reasoning", "approved: permitted by support-reads"},
          {"reasons", {"permitted"}},
          {"request_id", "r"},
          {"resource", "resource:crm:%2Fa"},
          {"responsibility", {{"level", "automated"}, {"maker", "ai_system"}}},
          {"risk",
           {{"dimensions", {{"privacy", 0}, {"security", 100}}},
            {"factors", {"large"}},
            {"level", "medium"},
            {"risk_id", "rsk_" + decision},
            {"score", 50}}},
          {"tenant", "acme"},
          {"token", token_record()},
          {"tool", "crm"},
          {"trace_id", "00-1"},
          {"usage", {{"cost_micros", 0}, {"input_tokens", 1}, {"output_tokens", 2}}},
          {"via", "hook:pre-push"}};
}

Json cosigned_head() {
  auto entropy = test::seeded_entropy(81);
  const auto key = crypto::SecretKey::generate(entropy);
  const auto log = crypto::SecretKey::generate(entropy);
  const auto witness = chain::witness_of(key.public_key());
  const auto note = chain::parse_note(chain::sign_checkpoint({"example.org/log", 3, {}}, log));
  return {{"log_vkey", crypto::vkey({"example.org/log", log.public_key()})},
          {"note", chain::to_bytes(chain::cosign(note, witness, key, Timestamp{5'000'000}))},
          {"witness_vkey", crypto::vkey(witness, crypto::KeyType::witness)}};
}

Json incident() {
  return {{"aware_at", "2026-03-01T11:00:00.000000Z"},
          {"decisions", {decision}},
          {"incident_id", "inc_01JNX8A0000000000000000000"},
          {"link_established_at", "2026-03-01T12:00:00.000000Z"},
          {"occurred_at", "2026-03-01T10:00:00.000000Z"},
          {"severity", "serious_harm"},
          {"system", "triage"}};
}

struct Sample {
  std::string event_type;
  bool can_be_signed;
  Json data;
};

Json profile() {
  return {{"actors", {"actor:agent:*", "actor:human:bob"}},
          {"annex_iii", {"2", "5(b)"}},
          {"changed_on", "2026-09-01"},
          {"exceptions", {"a", "d"}},
          {"financial_institution", false},
          {"law_enforcement", false},
          {"member_states", {"AT", "DE"}},
          {"models", {"m@*"}},
          {"placed_on", "2026-03-01"},
          {"profiling", false},
          {"public_body", true},
          {"roles", {"deployer", "gpai_provider"}},
          {"route", "annex_iii"},
          {"size_class", "sme"},
          {"system", "triage"},
          {"systemic_risk", false},
          {"tenants", {"*", "acme"}},
          {"tools", {"crm"}},
          {"transparency", {"deep_fake", "interaction"}}};
}

/// Of a rulebook's item, with the members of one sort of statement.
Json stated(const Json& more) {
  Json out{{"item", "5.1.a"},
           {"rulebook", "gdpr"},
           {"rulebook_sha256", hash_text},
           {"system", "triage"}};
  out.update(more);
  return out;
}

/// One of each listed type, each member given.
std::vector<Sample> samples() {
  const std::string escalation = "esc_" + decision + "_0123abcd";
  const std::string instant = "2026-03-02T10:00:00.000000Z";
  const std::string jti = "tok_" + std::string(32, 'c');
  const Json file = keys();
  return {
      {"log.closed", true, {{"reason", "migrated"}}},
      {"key.rotated",
       true,
       {{"ledger_vkey", test_vkey()},
        {"lost", {{"root_hash", hash_text}, {"tree_size", 3}}},
        {"reason", "scheduled"}}},
      {"key.added",
       false,
       {{"kid", file.at("kid")}, {"public_key", file.at("public_key")}, {"purpose", "token"}}},
      {"key.removed", true, {{"kid", std::string(16, 'a')}, {"reason", "lost"}}},
      {"clock.accepted", false, {{"behind_seconds", 61}}},
      {"policy.activated",
       true,
       {{"files",
         {{{"name", "node.yaml"}, {"sha256", hash_text}},
          {{"name", "policies/A.yml"}, {"sha256", hash_text}},
          {{"name", "policies/a.json"}, {"sha256", hash_text}},
          {{"name", "risk.yaml"}, {"sha256", hash_text}}}},
        {"four_eyes", "double"},
        {"mode", "strict"},
        {"policy_hash", hash_text},
        {"previous_hash", hash_text}}},
      {"operator.added",
       true,
       {{"actors", {"actor:human_user:alice"}},
        {"operator", "alice"},
        {"public_key", file.at("plain_signer")},
        {"role", "admin"}}},
      {"operator.rotated", true, {{"operator", "alice"}, {"public_key", file.at("sk_signer")}}},
      {"operator.revoked", true, {{"operator", "alice"}, {"reason", "left"}}},
      {"decision", false, full_decision()},
      {"token.issued",
       false,
       {{"at", "2026-03-01T10:00:00.999999Z"},
        {"decision_id", decision},
        {"facts", facts()},
        {"policy_hash", hash_text},
        {"token", token_record()}}},
      {"token.used", false, {{"jti", jti}, {"token_hash", hash_text}, {"use", 1}}},
      {"token.refused",
       false,
       {{"jti", "tok_" + std::string(32, 'c')}, {"reason", "used_up"}, {"token_hash", hash_text}}},
      {"token.revoked", false, {{"jti", jti}, {"reason", "leaked"}, {"token_hash", hash_text}}},
      {"decision.confirmed",
       true,
       {{"decision_id", decision}, {"expires_at", instant}, {"requirement", "dual"}}},
      {"escalation.created",
       false,
       {{"decision_id", decision},
        {"escalation_id", escalation},
        {"priority", "high"},
        {"reasons", {"risk_threshold"}}}},
      {"escalation.acknowledged",
       false,
       {{"decision_id", decision}, {"escalation_id", escalation}}},
      {"escalation.breached", false, {{"decision_id", decision}, {"escalation_id", escalation}}},
      {"escalation.raised",
       false,
       {{"decision_id", decision}, {"escalation_id", escalation}, {"priority", "critical"}}},
      {"escalation.resolved",
       true,
       {{"decision_id", decision},
        {"escalation_id", escalation},
        {"expires_at", instant},
        {"outcome", "approved"}}},
      {"override.created",
       true,
       {{"decision_id", decision},
        {"expires_at", instant},
        {"new_outcome", "approved"},
        {"override_id", "ovr_" + decision + "_0123abcd"},
        {"relations", {"r"}},
        {"scope", "single_decision"},
        {"type", "human_review"}}},
      {"evidence.added",
       false,
       {{"evidence_id", "evd_screenshot_" + std::string(32, 'e')}, {"type", "screenshot"}}},
      {"export.requested",
       true,
       {{"actor", nullptr},
        {"disclosure", "sealed"},
        {"from", instant},
        {"purpose", "annual_audit"},
        {"scope", "risk"},
        {"tenant", "north"},
        {"to", nullptr},
        {"tree_size", 50}}},
      {"export.approved", true, {{"request", 49}}},
      {"export.sealed",
       false,
       {{"export_id", "exp_0123456789abcdef"}, {"request", 49}, {"root_checksum", hash_text}}},
      {"ledger.archived",
       true,
       {{"archived", 7},
        {"entries_sha256", hash_text},
        {"export_id", "exp_0123456789abcdef"},
        {"seqs_sha256", hash_text},
        {"tree_size", 50}}},
      {"hold.placed", true, {{"hold_id", "hold-1"}, {"seqs", {0, 7, 49}}}},
      {"hold.released", true, {{"hold_id", "hold-1"}}},
      {"sealed.erased",
       true,
       {{"legal_basis", "gdpr:17"}, {"requested_at", instant}, {"seqs", {3}}}},
      {"witness.cosigned", false, cosigned_head()},
      {"incident.recorded", true, incident()},
      {"incident.updated", true, incident()},
      {"incident.reported",
       true,
       {{"evidence_id", "evd_attestation_" + std::string(32, 'e')},
        {"incident_id", "inc_01JNX8A0000000000000000000"},
        {"report", "initial"},
        {"reported_at", instant},
        {"to", "authority"}}},
      {"incident.closed",
       true,
       {{"incident_id", "inc_01JNX8A0000000000000000000"}, {"reason", "mended"}}},
      {"profile.set", true, profile()},
      {"compliance.declared", true,
       stated({{"evidence_id", "evd_1"}, {"expires_on", "2027-01-31"}, {"kind", "fria"}})},
      {"compliance.assessed", true,
       stated({{"expires_on", "2027-01-31"},
               {"from", "2026-01-01"},
               {"satisfied", false},
               {"to", "2026-01-01"}})},
      {"compliance.remediated", true,
       stated({{"due", "2026-12-24"}, {"owner", "operator:bob"}, {"state", "open"}})},
      {"compliance.withdrawn", true, {{"reason", "superseded"}, {"statement", 49}}},
  };
}

enum class Answer { listed, not_listed, refused };

Answer check(const std::string& event_type, const Json& data, std::uint64_t seq = own_seq) {
  try {
    return chain::check_event(event_type, data, seq) ? Answer::listed : Answer::not_listed;
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    CHECK(error.where().starts_with("/data"));
    return Answer::refused;
  }
}

/// The data of `event_type` with the member at `pointer` set to `value`.
Json with(const std::string& event_type, const std::string& pointer, const Json& value) {
  for (auto& sample : samples()) {
    if (sample.event_type != event_type) continue;
    Json out = sample.data;
    out[Json::json_pointer(pointer)] = value;
    return out;
  }
  return {};
}

Answer check_with(const std::string& event_type, const std::string& pointer, const Json& value) {
  return check(event_type, with(event_type, pointer, value));
}

/// Every object inside `value`, as JSON pointers, the outermost first.
void objects_in(const Json& value, const std::string& pointer, std::vector<std::string>& out) {
  if (value.is_object()) out.push_back(pointer);
  if (!value.is_structured()) return;
  for (const auto& [name, item] : value.items()) objects_in(item, pointer + "/" + name, out);
}

}  // namespace

TEST_SUITE("chain/event") {
  TEST_CASE("one of each listed type is accepted, with an approval where an operator may sign") {
    for (const auto& sample : samples()) {
      CAPTURE(sample.event_type);
      CHECK(check(sample.event_type, sample.data) == Answer::listed);
      Json approved = sample.data;
      approved["approval"] = approval();
      CHECK(check(sample.event_type, approved) ==
            (sample.can_be_signed ? Answer::listed : Answer::refused));
    }
    std::cout << "events: genesis and " << samples().size() << " other listed types\n";
  }

  TEST_CASE("genesis is the first entry and only that") {
    const Json data{{"ledger_vkey", test_vkey()}, {"node_id", "n1"}};
    CHECK(check("genesis", data, 0) == Answer::listed);
    CHECK(check("genesis", data, 1) == Answer::refused);
    CHECK(check("genesis", {{"ledger_vkey", test_vkey()}}, 0) == Answer::refused);
    CHECK(check("genesis", {{"ledger_vkey", "x+y+z"}, {"node_id", "n1"}}, 0) == Answer::refused);
    CHECK(check("genesis", {{"ledger_vkey", test_vkey()}, {"node_id", "N1"}}, 0) ==
          Answer::refused);
  }

  TEST_CASE("shapes are closed: no member may be missing, added, or of another type") {
    std::size_t tried = 0;
    for (const auto& sample : samples()) {
      CAPTURE(sample.event_type);
      Json data = sample.data;
      if (sample.can_be_signed) data["approval"] = approval();
      std::vector<std::string> objects;
      objects_in(data, "", objects);
      for (const auto& pointer : objects) {
        CAPTURE(pointer);
        const Json::json_pointer at(pointer);
        Json added = data;
        added[at]["another"] = 1;
        CHECK(check(sample.event_type, added) == Answer::refused);
        const Json object = data.at(at);
        for (const auto& [name, value] : object.items()) {
          CAPTURE(name);
          // Any set of dimensions is a shape, and an approval need not be there.
          const bool is_free =
              pointer == "/risk/dimensions" || (pointer.empty() && name == "approval");
          if (!is_free) {
            Json removed = data;
            removed[at].erase(name);
            CHECK(check(sample.event_type, removed) == Answer::refused);
          }
          for (const Json& other : std::vector<Json>{true, 0.5, -1, "\n", "",
                                                     Json::array({nullptr}), Json{{"x", "y"}}}) {
            if (value.is_boolean() && other.is_boolean()) continue;
            Json changed = data;
            changed[at][name] = other;
            CHECK(check(sample.event_type, changed) == Answer::refused);
            ++tried;
          }
        }
      }
      for (const Json& other : std::vector<Json>{nullptr, 1, "x", Json::array(), Json::object()}) {
        CHECK(check(sample.event_type, other) == Answer::refused);
      }
    }
    std::cout << "events: " << tried << " members of another type refused\n";
  }

  TEST_CASE("only what may be absent may be null") {
    for (const char* name : {"idempotency_key", "model", "prompt", "request_id", "resource", "risk",
                             "tenant", "token", "tool", "trace_id", "usage"}) {
      CAPTURE(name);
      CHECK(check_with("decision", std::string("/") + name, nullptr) == Answer::listed);
    }
    for (const char* name :
         {"action", "actor", "at", "data_classes", "decision_id", "engine", "facts", "outcome",
          "owners", "policy", "reason_code", "reasoning", "reasons", "responsibility", "via"}) {
      CAPTURE(name);
      CHECK(check_with("decision", std::string("/") + name, nullptr) == Answer::refused);
    }
    CHECK(check_with("key.rotated", "/lost", nullptr) == Answer::listed);
    CHECK(check_with("policy.activated", "/previous_hash", nullptr) == Answer::listed);
    CHECK(check_with("override.created", "/expires_at", nullptr) == Answer::listed);
    CHECK(check_with("decision.confirmed", "/expires_at", nullptr) == Answer::refused);
    CHECK(check_with("escalation.resolved", "/expires_at", nullptr) == Answer::refused);
    Json no_set = with("decision", "/policy/hash", nullptr);
    CHECK(check("decision", no_set) == Answer::refused);
    no_set["policy"] = {{"hash", nullptr},
                        {"matched", Json::array()},
                        {"matched_count", 0},
                        {"mode", nullptr},
                        {"unmet", Json::array()}};
    CHECK(check("decision", no_set) == Answer::refused);
    no_set["outcome"] = "denied";
    no_set["reason_code"] = "no_policy_in_force";
    no_set["reasons"] = {"no_policy_in_force"};
    no_set["risk"] = nullptr;
    no_set["token"] = nullptr;
    CHECK(check("decision", no_set) == Answer::listed);
  }

  TEST_CASE("the members of a decision agree with each other") {
    CHECK(check_with("decision", "/risk/risk_id", "rsk_dec_01JNX8A0000000000000000001") ==
          Answer::refused);
    CHECK(check_with("decision", "/outcome", "denied") == Answer::refused);
    CHECK(check_with("decision", "/at", "2026-03-01T10:00:01.000000Z") == Answer::refused);
    CHECK(check_with("decision", "/token/exp", "2026-03-01T10:00:00Z") == Answer::refused);
    CHECK(check_with("decision", "/token/exp", "2026-03-02T10:00:01Z") == Answer::refused);
    CHECK(check_with("decision", "/token/exp", "2026-03-02T10:00:00Z") == Answer::listed);
    CHECK(check_with("decision", "/policy/matched_count", 2) == Answer::refused);
    Json many = with("decision", "/policy/matched_count", 40);
    many["policy"]["matched"] = std::vector<std::string>(32, "r");
    CHECK(check("decision", many) == Answer::listed);
    many["policy"]["matched"] = std::vector<std::string>(33, "r");
    CHECK(check("decision", many) == Answer::refused);
    CHECK(check_with("token.issued", "/at", "2026-03-01T10:00:01.000000Z") == Answer::refused);
  }

  TEST_CASE("texts of a decision have their alphabets and orders") {
    const auto refused = [](const std::string& pointer, const Json& value) {
      CAPTURE(pointer);
      CAPTURE(value.dump());
      CHECK(check_with("decision", pointer, value) == Answer::refused);
    };
    refused("/action", "read:customer");
    refused("/action", "actor:x");
    refused("/action", "action:");
    refused("/action", "action:*");
    refused("/actor", "actor:a%2f");
    refused("/actor", "actor:a%zz");
    refused("/actor", "actor:%41");
    refused("/resource", "resource:a/../b");
    refused("/resource", "resource:b//");
    refused("/resource", "resource:a::b");
    refused("/actor", "actor:" + std::string(250, 'a'));
    refused("/data_classes", {"data:b", "data:a"});
    refused("/data_classes", {"data:a", "data:a"});
    refused("/owners", Json::array({"alice"}));
    refused("/decision_id", "dec_1");
    for (const char* engine :
         {"lexecon-judge/0", "lexecon-judge/01", "lexecon-judge/", "judge/1", "lexecon-judge/-1"}) {
      refused("/engine", engine);
    }
    for (const char* via : {"CLI", "hook:", "hook", "api", "gate "}) refused("/via", via);
    refused("/tenant", "a b");
    refused("/tenant", std::string(129, 'a'));
    refused("/reason_code", "Permitted");
    refused("/reasoning", "two\nlines");
    refused("/policy/mode", "lax");
    refused("/policy/unmet", {"b", "a"});
    refused("/policy/unmet", Json::array({"1a"}));
    refused("/risk/level", "unknown");
    refused("/risk/score", 101);
    refused("/risk/dimensions", Json::object());
    refused("/risk/dimensions", {{"beauty", 1}});
    refused("/risk/dimensions", {{"privacy", 101}});
    refused("/responsibility/maker", "nobody");
    refused("/usage/cost_micros", std::uint64_t{1} << 53);
    refused("/usage/cost_micros", ~std::uint64_t{0});
    refused("/facts/guard", "Stop");
    refused("/facts/approvals/0/seq", 50);
    Json classes = Json::array();
    for (int i = 10; i < 43; ++i) classes.push_back("data:" + std::to_string(i));
    refused("/data_classes", classes);
    for (const char* via : {"cli", "batch", "gate", "hook:claude-code"}) {
      CHECK(check_with("decision", "/via", via) == Answer::listed);
    }
  }

  TEST_CASE("an entry agrees with its data") {
    chain::Entry entry;
    entry.actor = "actor:ai_agent:support";
    entry.data = full_decision();
    entry.event_type = "decision";
    entry.sealed_hash = Hash{};
    entry.seq = own_seq;
    entry.timestamp = *entry_time("2026-03-01T10:00:00.999999Z");
    CHECK(chain::check_entry(entry));
    const auto refused = [](const chain::Entry& changed) {
      CHECK_THROWS_AS(static_cast<void>(chain::check_entry(changed)), Error);
    };
    auto later = entry;
    ++later.timestamp.micros;
    refused(later);
    auto by_another = entry;
    by_another.actor = "node:node-1";
    refused(by_another);
    auto bare = entry;
    bare.sealed_hash.reset();
    refused(bare);
  }

  TEST_CASE("members of other events have their shapes") {
    const auto refused = [](const std::string& type, const std::string& pointer,
                            const Json& value) {
      CAPTURE(type);
      CAPTURE(pointer);
      CAPTURE(value.dump());
      CHECK(check_with(type, pointer, value) == Answer::refused);
    };
    const Json weak = test::load_json(test::data_file("keys/weak.json"));
    refused("key.added", "/public_key", weak.at("refused").at(0).at("key"));
    refused("key.added", "/kid", std::string(16, '0'));
    refused("key.added", "/purpose", "ledger");
    refused("key.rotated", "/lost/tree_size", 0);
    refused("clock.accepted", "/behind_seconds", 0);
    refused("log.closed", "/reason", "because we wanted to");
    for (const char* name :
         {"risk.yml", "policies/", "policies/.a.yaml", "policies/a", "a.yaml", "policies/a/b.yaml",
          "policies/../node.yaml", "policies/a b.yaml", "Policies/a.yaml"}) {
      refused("policy.activated", "/files", Json::array({{{"name", name}, {"sha256", hash_text}}}));
    }
    CHECK(check_with("policy.activated", "/files",
                     Json::array({{{"name", "node.yaml"}, {"sha256", hash_text}},
                                  {{"name", "policies/a-1.yaml"}, {"sha256", hash_text}},
                                  {{"name", "risk.yaml"}, {"sha256", hash_text}}})) ==
          Answer::listed);
    refused("policy.activated", "/files",
            Json::array({{{"name", "node.yaml"}, {"sha256", hash_text}}}));
    refused("policy.activated", "/files",
            Json::array({{{"name", "risk.yaml"}, {"sha256", hash_text}}}));
    CHECK(check_with("hold.placed", "/seqs", Json::array({49})) == Answer::listed);
    CHECK(check_with("operator.added", "/actors", Json::array({"actor:alice"})) == Answer::listed);
    CHECK(check_with("decision", "/owners", Json::array()) == Answer::listed);
    refused("policy.activated", "/files/1/name", "node.yaml");
    refused("policy.activated", "/files/0/name", "risk.yaml");
    refused("policy.activated", "/four_eyes", "none");
    refused("operator.added", "/role", "root");
    refused("operator.added", "/actors", Json::array({"alice"}));
    refused("operator.added", "/public_key", "ssh-rsa AAAA");
    refused("token.used", "/use", 0);
    refused("token.used", "/use", 1'000'001);
    refused("decision.confirmed", "/requirement", "dual authorization");
    refused("escalation.created", "/priority", "urgent");
    refused("escalation.created", "/escalation_id", "esc_dec_01JNX8A0000000000000000001_0123abcd");
    refused("escalation.created", "/escalation_id", "esc_" + decision + "_0123ABCD");
    refused("override.created", "/override_id", "ovr_dec_01JNX8A0000000000000000001_0123abcd");
    refused("override.created", "/new_outcome", "maybe");
    refused("evidence.added", "/type", "signature");
    refused("evidence.added", "/evidence_id", "evd_screenshot_1");
    for (const Json& seqs :
         std::vector<Json>{Json::array(), Json::array({50}), Json::array({1, 1}),
                           Json::array({2, 1}), Json::array({-1}), Json::array({"1"})}) {
      refused("hold.placed", "/seqs", seqs);
      refused("sealed.erased", "/seqs", seqs);
    }
    refused("sealed.erased", "/requested_at", "2026-03-02T10:00:00Z");
  }

  TEST_CASE("an incident is known and explained no earlier than it happened") {
    const auto refused = [](const std::string& pointer, const Json& value) {
      CAPTURE(pointer);
      CHECK(check_with("incident.recorded", pointer, value) == Answer::refused);
      CHECK(check_with("incident.updated", pointer, value) == Answer::refused);
    };
    refused("/aware_at", "2026-03-01T09:59:59.999999Z");
    refused("/link_established_at", "2026-03-01T09:59:59.999999Z");
    refused("/occurred_at", "2026-03-01T12:00:00.000001Z");
    refused("/severity", "catastrophic");
    refused("/incident_id", "inc_1");
    refused("/decisions", Json::array({decision, decision}));
    refused("/system", "two words");
    for (const char* name : {"/link_established_at", "/system"}) {
      CHECK(check_with("incident.recorded", name, nullptr) == Answer::listed);
    }
    CHECK(check_with("incident.recorded", "/aware_at", "2026-03-01T10:00:00.000000Z") ==
          Answer::listed);
    CHECK(check_with("incident.recorded", "/decisions", Json::array()) == Answer::listed);
    CHECK(check_with("incident.reported", "/evidence_id", nullptr) == Answer::listed);
    CHECK(check_with("incident.reported", "/to", "press") == Answer::refused);
    CHECK(check_with("incident.reported", "/report", "final") == Answer::refused);
    CHECK(check_with("incident.closed", "/reason", "Mended") == Answer::refused);
  }

  TEST_CASE("a profile says what can be so of a system, and nothing else") {
    const auto answer = [](const Json& changes) {
      Json data = profile();
      data.update(changes);
      return check("profile.set", data);
    };
    const auto refused = [&](const Json& changes) {
      CAPTURE(changes.dump());
      CHECK(answer(changes) == Answer::refused);
    };
    const auto accepted = [&](const Json& changes) {
      CAPTURE(changes.dump());
      CHECK(answer(changes) == Answer::listed);
    };
    const Json none = Json::array();
    const Json bare{{"annex_iii", none}, {"exceptions", none}};
    for (const char* name : {"changed_on", "financial_institution", "law_enforcement", "placed_on",
                             "public_body", "size_class", "systemic_risk"}) {
      const bool is_base = std::string_view(name) == "placed_on";
      accepted({{name, nullptr}, {"changed_on", is_base ? Json() : Json("2026-09-01")}});
    }
    accepted({{"actors", none}, {"models", none}, {"tools", none}});
    refused({{"actors", none}, {"models", none}, {"tools", none}, {"tenants", none}});
    refused({{"actors", {"b", "a"}}});
    for (const char* pattern : {"*", "actor:*", "actor:agent:*", "actor:a"}) {
      accepted({{"actors", {pattern}}});
    }
    for (const char* pattern : {"agent:*", "act*", "actor:", "actor:a*b", "actor:a b*", "**",
                                "actor:%zz*", "actor:*\n"}) {
      refused({{"actors", {pattern}}});
    }
    for (const char* pattern : {"a*b", "a b", "**", "<b>*"}) refused({{"models", {pattern}}});
    refused({{"actors", {"actor:" + std::string(250, 'a') + "*"}}});
    accepted({{"actors", {"actor:" + std::string(248, 'a') + "*"}}});
    refused({{"roles", none}});
    refused({{"roles", {"gpai_provider", "deployer"}}});
    refused({{"roles", {"gpai_provider_systemic"}}});
    refused({{"roles", {"deployer"}}});  // who provides no model has none of systemic risk
    accepted({{"roles", {"deployer"}}, {"systemic_risk", nullptr}});
    refused({{"annex_iii", none}});
    for (const char* point : {"1", "2(a)", "5(e)", "9(a)", "8(c)", "5b"}) {
      refused({{"annex_iii", {point}}});
    }
    for (const char* route : {"annex_i", "gpai", "none", "transparency"}) {
      Json changes = bare;
      changes["route"] = route;
      accepted(changes);
      changes["annex_iii"] = {"5(b)"};
      refused(changes);
      changes["annex_iii"] = none;
      changes["exceptions"] = {"a"};
      refused(changes);
    }
    Json nothing_to_tell = bare;
    nothing_to_tell["route"] = "transparency";
    nothing_to_tell["transparency"] = none;
    refused(nothing_to_tell);
    refused({{"profiling", true}});
    refused({{"profiling", nullptr}});
    accepted({{"profiling", true}, {"exceptions", none}});
    refused({{"exceptions", {"e"}}});
    refused({{"changed_on", "2026-02-28"}});
    accepted({{"changed_on", "2026-03-01"}});
    refused({{"placed_on", nullptr}});
    refused({{"placed_on", "2026-02-30"}});
    for (const char* state : {"de", "DEU", "D"}) refused({{"member_states", {state}}});
    refused({{"system", "-"}});
    refused({{"system", nullptr}});
  }

  TEST_CASE("a statement is of a time to come, of a real period, by somebody who answers") {
    const auto refused = [](const std::string& type, const std::string& pointer,
                            const Json& value) {
      CAPTURE(pointer);
      CAPTURE(value.dump());
      CHECK(check_with(type, pointer, value) == Answer::refused);
    };
    for (const char* name : {"/evidence_id", "/expires_on", "/kind", "/system"}) {
      CHECK(check_with("compliance.declared", name, nullptr) == Answer::listed);
    }
    CHECK(check_with("compliance.assessed", "/system", nullptr) == Answer::listed);
    refused("compliance.assessed", "/from", "2026-01-02");
    refused("compliance.assessed", "/to", nullptr);
    refused("compliance.assessed", "/satisfied", "yes");
    CHECK(check_with("compliance.assessed", "/satisfied", nullptr) == Answer::listed);
    refused("compliance.assessed", "/rulebook_sha256", std::string(64, 'A'));
    refused("compliance.assessed", "/item", std::string(129, 'a'));
    refused("compliance.assessed", "/item", "GOVERN 1.4");
    CHECK(check_with("compliance.remediated", "/owner", "actor:human:eve") == Answer::listed);
    for (const char* owner : {"operator:", "operator:A", "bob", "human:eve"}) {
      refused("compliance.remediated", "/owner", owner);
    }
    refused("compliance.remediated", "/state", "satisfied");
    refused("compliance.withdrawn", "/statement", 50);
    chain::Entry entry;
    entry.timestamp = *parse_time("2026-03-01T23:59:59.999999Z");
    entry.seq = own_seq;
    for (const char* type : {"compliance.declared", "compliance.assessed"}) {
      entry.event_type = type;
      entry.data = with(type, "/expires_on", "2026-03-02");
      CHECK(chain::check_entry(entry));
      entry.data = with(type, "/expires_on", nullptr);
      CHECK(chain::check_entry(entry));
      for (const char* day : {"2026-03-01", "2025-12-31"}) {
        entry.data = with(type, "/expires_on", day);
        CHECK_THROWS_AS((void)chain::check_entry(entry), Error);
      }
    }
  }

  TEST_CASE("an approval has its shape") {
    const auto approved = [](const std::string& name, const Json& value) {
      Json data{{"reason", "migrated"}, {"approval", approval()}};
      data["approval"][name] = value;
      return check("log.closed", data);
    };
    CHECK(approved("role", "viewer") == Answer::listed);
    CHECK(approved("role", "owner") == Answer::refused);
    CHECK(approved("nonce", std::string(31, 'b')) == Answer::refused);
    CHECK(approved("subject_digest", std::string(64, 'A')) == Answer::refused);
    CHECK(approved("issued_at", "2026-03-01T10:00:00Z") == Answer::refused);
    CHECK(approved("sshsig", "-----BEGIN SSH SIGNATURE-----\n") == Answer::refused);
    const std::string begin = "-----BEGIN SSH SIGNATURE-----\n";
    const std::string end = "\n-----END SSH SIGNATURE-----\n";
    CHECK(approved("sshsig", begin + std::string(4096 - begin.size() - end.size(), 'A') + end) ==
          Answer::listed);
    CHECK(approved("sshsig", begin + std::string(4097 - begin.size() - end.size(), 'A') + end) ==
          Answer::refused);
    Json none{{"reason", "migrated"}, {"approval", nullptr}};
    CHECK(check("log.closed", none) == Answer::refused);
  }

  TEST_CASE("an unlisted type may carry any object") {
    for (const char* type : {"report.kept", "model.added", "decisions", "token", "x"}) {
      CHECK(check(type, {{"any", "thing"}}) == Answer::not_listed);
      CHECK(check(type, Json::object()) == Answer::not_listed);
      CHECK(check(type, Json::array()) == Answer::refused);
    }
  }
}
