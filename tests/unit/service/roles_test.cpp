// Who may sign what: every role at every act, and every reason for which an approval is refused. What
// the service refuses is put into the ledger all the same, signed by the log's own key, for the verifier.
#include <functional>
#include <iostream>
#include <map>
#include <set>

#include "authority/approval.hpp"
#include "chain/event.hpp"
#include "chain/event_shapes.hpp"
#include "chain/sealed.hpp"
#include "crypto/hash.hpp"
#include "crypto/key_file.hpp"
#include "json/parse.hpp"
#include "ledger/head.hpp"
#include "ledger/verify.hpp"
#include "people.hpp"
#include "registry/sets.hpp"
#include "service/activate.hpp"
#include "service/decisions.hpp"
#include "service/oversight_report.hpp"

namespace lexecon {
namespace {

using authority::Role;
using test::Office;
using test::Person;
using test::person;
using test::slurp;

constexpr const char* stop_id = "stp_00000000000000000000000001";
constexpr const char* incident_id = "inc_00000000000000000000000001";
constexpr const char* noon = "2025-06-01T12:00:00.000000Z";
constexpr const char* intervention_id = "int_00000000000000000000000001";
constexpr const char* responsibility_id = "rsp_00000000000000000000000001";

service::Wanted registration(const std::string& kind, const std::string& id, char digit) {
  return {.event_type = kind + ".registered",
          .data = {{"digest", std::string(64, digit)}, {kind, id}}};
}

service::Wanted version_approval(const std::string& kind, const std::string& id) {
  return {.event_type = kind + ".approved",
          .data = {{"expires_at", nullptr}, {"provider_change", "no"}, {kind, id}}};
}

service::Wanted version_end(const std::string& kind, const std::string& id, const char* verb) {
  return {.event_type = kind + "." + verb, .data = {{"reason", "superseded"}, {kind, id}}};
}

Json incident(const std::string& id) {
  return {{"aware_at", noon},    {"decisions", Json::array()},     {"incident_id", id},
          {"occurred_at", noon}, {"link_established_at", nullptr}, {"severity", "widespread"},
          {"system", nullptr}};
}

/// Of an item of a rulebook, for the whole node.
service::Wanted statement(const std::string& verb, const Json& more) {
  Json data{{"item", "aia-26.2"},
            {"rulebook", "eu_ai_act"},
            {"rulebook_sha256", std::string(64, 'e')},
            {"system", nullptr}};
  data.update(more);
  return {.event_type = "compliance." + verb, .data = data, .sealed = Json{{"statement", "so"}}};
}

service::Wanted declaration() {
  return statement("declared",
                   {{"evidence_id", nullptr}, {"expires_on", nullptr}, {"kind", nullptr}});
}

service::Wanted withdrawal(std::uint64_t seq) {
  return {.event_type = "compliance.withdrawn",
          .data = {{"reason", "superseded"}, {"statement", seq}}};
}

service::Wanted profile() {
  const Json none = Json::array();
  return {.event_type = "profile.set",
          .data = {{"actors", {"*"}},
                   {"annex_iii", none},
                   {"changed_on", nullptr},
                   {"exceptions", none},
                   {"financial_institution", nullptr},
                   {"law_enforcement", nullptr},
                   {"member_states", none},
                   {"models", none},
                   {"placed_on", nullptr},
                   {"profiling", nullptr},
                   {"public_body", nullptr},
                   {"roles", {"deployer"}},
                   {"route", "none"},
                   {"size_class", nullptr},
                   {"system", "triage"},
                   {"systemic_risk", nullptr},
                   {"tenants", none},
                   {"tools", none},
                   {"transparency", none}}};
}

service::Wanted report(std::uint64_t tree_size) {
  return {.event_type = "report.made",
          .data = {{"as_of", "2026-01-01"},
                   {"decision_id", nullptr},
                   {"disclosure", "sealed"},
                   {"files", {{{"format", "json"}, {"sha256", std::string(64, 'a')}}}},
                   {"framework", nullptr},
                   {"from", "2025-01-01"},
                   {"incident_id", nullptr},
                   {"kind", "ai-act"},
                   {"rulebooks", {{{"id", "eu_ai_act"}, {"sha256", std::string(64, 'b')}}}},
                   {"system", "triage"},
                   {"to", "2026-01-01"},
                   {"tree_size", tree_size}}};
}

service::Wanted export_request(std::uint64_t tree_size) {
  return {.event_type = "export.requested",
          .data = {{"actor", nullptr},
                   {"disclosure", "sealed"},
                   {"from", nullptr},
                   {"purpose", nullptr},
                   {"scope", "all"},
                   {"tenant", nullptr},
                   {"to", nullptr},
                   {"tree_size", tree_size}}};
}

std::vector<decision::SetFile> other_set(bool one_suffices) {
  auto files = test::small_set();
  files[0].bytes = "id: office\n";
  if (one_suffices) files[0].bytes += "roles:\n  four_eyes: single\n";
  files[2].bytes = "threshold: 70\n";
  return files;
}

/// A node with a person for each role, and something that each act can be about.
class Scene {
 public:
  Scene() {
    add("alice", Role::admin);
    for (const Role role : {Role::viewer, Role::auditor, Role::compliance_officer}) {
      add(std::string(to_string(role)), role);
    }
    add("admin", Role::admin);
    add("spare", Role::viewer);
    add("speaker", Role::compliance_officer, {"actor:agent:reader"});
    add("owner", Role::compliance_officer, {"actor:human:olga"});
    touched_.parts.is_hardware = true;
    test::add_operator(office, touched_, Role::compliance_officer);
    for (const auto* kind : {"model", "prompt"}) {
      put_on_record(registration(kind, "new@1", 'a'), "spare");
      put_on_record(registration(kind, "used@1", 'b'), "spare");
      put_on_record(version_approval(kind, "used@1"), "admin");
      put_on_record(registration(kind, "own@1", 'c'), "speaker");
    }
    conditional = id_of(test::shipping());
    denied = id_of(test::dropping());
    seq_of_denied = office.entries() - 1;
    const auto escalated = office.decide(test::paying());
    awaited = escalated.data.at("decision_id").get<std::string>();
    escalation = *escalated.escalation_id;
    CHECK_FALSE(refusal({.event_type = "oversight.stopped",
                         .actor = "node:office",
                         .data = {{"reason", "incident"},
                                  {"scope", "actor"},
                                  {"stop_id", stop_id},
                                  {"target", "actor:agent:other"}},
                         .sealed = std::nullopt}));
    CHECK_FALSE(refusal(prepare(
        {.event_type = "hold.placed", .data = {{"hold_id", "held"}, {"seqs", {seq_of(awaited)}}}},
        person("admin"))));
    CHECK_FALSE(refusal({.event_type = "incident.recorded",
                         .actor = "node:office",
                         .data = incident(incident_id),
                         .sealed = std::nullopt}));
    requested = office.entries();
    put_on_record(export_request(requested), "speaker");
    stated = office.entries();
    put_on_record(declaration(), "speaker");
    keep();
  }

  /// The node as it was when it was kept.
  void keep() {
    for (const auto& path : paths()) kept_[path] = slurp(path);
  }
  void restore() const {
    for (const auto& [path, bytes] : kept_) replace_file(path, bytes, Access::private_to_owner);
  }

  [[nodiscard]] std::uint64_t seq_of(const std::string& decision_id) const {
    auto database = service::open_ledger(office.node());
    return service::require_decision(database, decision_id);
  }
  [[nodiscard]] ledger::Draft prepare(const service::Wanted& wanted, const Person& by) {
    return service::prepare(office.node(), wanted, by.signatory(), office.session());
  }
  [[nodiscard]] Person touched(std::uint8_t flags) const {
    auto out = touched_;
    out.parts.flags = flags;
    return out;
  }
  /// The draft after `change`, signed again.
  [[nodiscard]] ledger::Draft signed_again(ledger::Draft draft, const Person& by,
                                           const std::function<void(Json&)>& change) const {
    chain::Entry entry;
    entry.event_type = draft.event_type;
    entry.origin = office.node().origin;
    entry.data = draft.data;
    if (draft.sealed_bytes) entry.sealed_hash = crypto::sha256(*draft.sealed_bytes);
    Json& approval = entry.data.at("approval");
    change(approval);
    approval["sshsig"] = by.sign(authority::signed_bytes(entry));
    draft.data = std::move(entry.data);
    return draft;
  }

  /// The code for which the service refuses it; nothing when it is on record now.
  std::optional<std::string> refusal(const ledger::Draft& draft) {
    service::Act act(office.node(), office.session());
    try {
      service::require_approved(act, office.node(), draft);
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::not_permitted);
      return error.where();
    }
    keep_files(act.database(), draft);
    erase(act.database(), draft);
    act.append(draft);
    (void)act.commit();
    return std::nullopt;
  }
  /// Without asking anybody.
  void append_freely(const ledger::Draft& draft) {
    const auto key = crypto::load_secret_key(office.node().files.ledger_key(), {});
    ledger::Writer writer(office.node().files, key, office.session().now, office.session().entropy,
                          office.session().write);
    keep_files(writer.database(), draft);
    erase(writer.database(), draft);
    writer.append(draft);
    (void)writer.commit();
  }
  [[nodiscard]] ledger::Verification verify() {
    return ledger::verify(office.node().files, {.state_home = office.session().write.state_home,
                                                .pins = {},
                                                .older_notes = {},
                                                .skip = {}});
  }
  [[nodiscard]] Json last() const { return json::parse(office.bodies().back()); }

  void expect_refused(const ledger::Draft& draft, const std::string& code) {
    CAPTURE(draft.event_type);
    CAPTURE(code);
    const auto before = office.entries();
    CHECK(refusal(draft) == code);
    CHECK(office.entries() == before + 1);
    const auto entry = last();
    CHECK(entry.at("event_type") == "approval.refused");
    CHECK(entry.at("actor") == "node:office");
    CHECK(entry.at("data") == Json{{"event_type", draft.event_type},
                                   {"operator", draft.data.at("approval").at("operator")},
                                   {"reason", code},
                                   {"subject", draft.data.at("approval").at("subject")}});
    CHECK(verify().verdict == ledger::Verdict::valid);
    restore();
    append_freely(draft);
    const auto found = verify();
    CHECK(found.verdict == ledger::Verdict::invalid);
    CHECK(found.first_bad_seq == before);
    restore();
  }
  void expect_allowed(const ledger::Draft& draft) {
    CAPTURE(draft.event_type);
    CHECK(refusal(draft) == std::nullopt);
    CHECK(last().at("event_type") == draft.event_type);
    const auto found = verify();
    CHECK(found.verdict == ledger::Verdict::valid);
    if (found.verdict != ledger::Verdict::valid) CHECK(office.verified() == "valid");
  }

  Office office;
  std::string conditional;
  std::string denied;
  std::uint64_t seq_of_denied = 0;
  std::string awaited;
  std::string escalation;
  std::uint64_t requested = 0;  // a package that waits for a second person
  std::uint64_t stated = 0;     // a declaration

 private:
  void add(const std::string& id, Role role, std::vector<std::string> actors = {}) {
    test::add_operator(office, person(id), role, std::move(actors));
  }
  void put_on_record(const service::Wanted& wanted, const std::string& by) {
    CHECK_FALSE(refusal(prepare(wanted, person(by))));
  }
  std::string id_of(const Json& request) {
    return office.decide(request).data.at("decision_id").get<std::string>();
  }
  [[nodiscard]] std::vector<Path> paths() {
    const auto& files = office.node().files;
    return {files.database(), files.head_note(),
            ledger::user_head(office.session().write.state_home, office.node().origin)};
  }
  static void erase(store::Database& database, const ledger::Draft& draft) {
    if (draft.event_type != "sealed.erased") return;
    for (const auto& seq : draft.data.at("seqs")) {
      database.execute("DELETE FROM sealed WHERE seq = " + seq.dump());
    }
  }
  static void keep_files(store::Database& database, const ledger::Draft& draft) {
    if (draft.event_type != "policy.activated") return;
    const bool one_suffices = draft.data.at("four_eyes") == "single";
    for (const auto& file : other_set(one_suffices)) registry::keep_file(database, file.bytes);
  }

  Person touched_ = person("touched");
  std::map<Path, std::string> kept_;
};

service::Wanted activation(Scene& scene, bool one_suffices) {
  auto database = service::open_ledger(scene.office.node());
  return service::activation_of(decision::load_set(other_set(one_suffices)),
                                registry::active_set(database));
}

service::Wanted intervention(const Json& decision_id = nullptr) {
  return {.event_type = "oversight.intervened",
          .data = {{"decision_id", decision_id},
                   {"intervention_id", intervention_id},
                   {"role", "compliance_officer"},
                   {"type", "manual_review"}}};
}

service::Wanted confirmation(const Scene& scene) {
  return {.event_type = "decision.confirmed",
          .data = {{"decision_id", scene.conditional},
                   {"expires_at", "2026-01-02T00:00:00.000000Z"},
                   {"requirement", "ticket"}}};
}

service::Wanted resolution(const Scene& scene) {
  return {.event_type = "escalation.resolved",
          .data = {{"decision_id", scene.awaited},
                   {"escalation_id", scene.escalation},
                   {"expires_at", "2026-01-02T00:00:00.000000Z"},
                   {"outcome", "approved"}}};
}

service::Wanted override_of(const Scene& scene) {
  return {.event_type = "override.created",
          .data = {{"decision_id", scene.denied},
                   {"expires_at", nullptr},
                   {"new_outcome", "approved"},
                   {"override_id", "ovr_" + scene.denied + "_01234567"},
                   {"relations", {"nobody-drops"}},
                   {"scope", "single_decision"},
                   {"type", "human_review"}},
          .sealed = Json{{"justification", "the table is a copy, see change 4711"}}};
}

service::Wanted erasure(Scene& scene) {
  const auto seq = scene.seq_of_denied;
  return {.event_type = "sealed.erased",
          .data = {{"legal_basis", "gdpr:17"},
                   {"requested_at", "2026-01-01T00:00:00.000000Z"},
                   {"seqs", {seq}}}};
}

service::Wanted revocation(const std::string& id) {
  return {.event_type = "operator.revoked", .data = {{"operator", id}, {"reason", "left"}}};
}

service::Wanted key_change(const std::string& id, const std::string& key) {
  return {.event_type = "operator.rotated",
          .data = {{"operator", id}, {"public_key", person(key).public_key()}}};
}

/// An act, and the least role that may sign it, as the specification has it.
struct ActRow {
  Role least;
  std::function<service::Wanted(Scene&)> wanted;
  bool at_the_edge =
      false;  // tried with that role and the one below alone, for others are as these
};

std::vector<ActRow> acts() {
  const auto simple = [](const std::string& event_type, const Json& data) {
    return [=](Scene&) { return service::Wanted{.event_type = event_type, .data = data}; };
  };
  std::vector<ActRow> out{
      {Role::admin, [](Scene& scene) { return activation(scene, false); }},
      {Role::admin, simple("log.closed", {{"reason", "done"}})},
      {Role::admin,
       [](Scene& scene) {
         return service::Wanted{
             .event_type = "key.removed",
             .data = {{"kid", scene.office.made().token_kid}, {"reason", "scheduled"}}};
       }},
      {Role::admin,
       [](Scene&) {
         return service::added_by({.id = "dave",
                                   .public_key = person("dave").public_key(),
                                   .role = Role::viewer,
                                   .actors = {}});
       }},
      {Role::admin, [](Scene&) { return key_change("spare", "dave"); }},
      {Role::admin, [](Scene&) { return revocation("spare"); }},
      {Role::compliance_officer,
       [](Scene& scene) {
         const crypto::Identity next{scene.office.node().origin,
                                     person("the log").key().public_key()};
         return service::Wanted{
             .event_type = "key.rotated",
             .data = {
                 {"ledger_vkey", crypto::vkey(next)}, {"lost", nullptr}, {"reason", "scheduled"}}};
       }},
      {Role::compliance_officer, [](Scene& scene) { return confirmation(scene); }},
      {Role::compliance_officer, [](Scene& scene) { return resolution(scene); }},
      {Role::compliance_officer, [](Scene& scene) { return override_of(scene); }},
      {Role::compliance_officer,
       simple("oversight.resumed", {{"reason", "all_clear"}, {"stop_id", stop_id}})},
      {Role::compliance_officer, [](Scene&) { return intervention(); }},
      {Role::compliance_officer, [](Scene& scene) { return intervention(scene.denied); }},
      {Role::compliance_officer,
       [](Scene& scene) {
         return service::Wanted{.event_type = "hold.placed",
                                .data = {{"hold_id", "hold-1"}, {"seqs", {scene.seq_of_denied}}}};
       }},
      {Role::compliance_officer, simple("hold.released", {{"hold_id", "held"}})},
      {Role::compliance_officer,
       [](Scene& scene) { return export_request(scene.office.entries()); }},
      {Role::compliance_officer, [](Scene& scene) { return report(scene.office.entries()); }, true},
      {Role::compliance_officer,
       [](Scene& scene) {
         return service::Wanted{.event_type = "export.approved",
                                .data = {{"request", scene.requested}}};
       }},
      {Role::compliance_officer, [](Scene& scene) { return erasure(scene); }},
      {Role::compliance_officer,
       simple(
           "privacy.exported",
           {{"entries", 2}, {"sealed", 1}, {"subject", "actor:agent:reader"}, {"tree_size", 4}})},
      {Role::viewer, simple("oversight.stopped", {{"reason", "incident"},
                                                  {"scope", "all"},
                                                  {"stop_id", "stp_00000000000000000000000002"},
                                                  {"target", nullptr}})},
      {Role::viewer, simple("incident.recorded", incident("inc_00000000000000000000000002"))},
      {Role::compliance_officer, simple("incident.updated", incident(incident_id))},
      {Role::compliance_officer, simple("incident.reported", {{"evidence_id", nullptr},
                                                              {"incident_id", incident_id},
                                                              {"report", "initial"},
                                                              {"reported_at", noon},
                                                              {"to", "authority"}})},
      {Role::compliance_officer,
       simple("incident.closed", {{"incident_id", incident_id}, {"reason", "mended"}})},
      {Role::viewer,
       [](Scene& scene) {
         return service::Wanted{.event_type = "responsibility.assigned",
                                .data = {{"confidence", nullptr},
                                         {"decision_id", scene.denied},
                                         {"delegated_from", Json::array()},
                                         {"level", "shared"},
                                         {"liability_accepted", false},
                                         {"maker", "human_operator"},
                                         {"responsibility_id", responsibility_id},
                                         {"responsible", "operator:alice"},
                                         {"review_due", nullptr}}};
       }},
  };
  const auto row = [&out](Role least, const service::Wanted& wanted) {
    out.push_back({least, [wanted](Scene&) { return wanted; }});
  };
  const auto statements = {
      profile(), declaration(),
      statement("assessed", {{"expires_on", "2030-01-01"},
                             {"from", "2026-01-01"},
                             {"satisfied", true},
                             {"to", "2026-02-01"}}),
      statement("remediated",
                {{"due", "2026-03-01"}, {"owner", "operator:alice"}, {"state", "open"}})};
  for (const auto& wanted : statements) {
    out.push_back({Role::compliance_officer, [wanted](Scene&) { return wanted; }, true});
  }
  out.push_back(
      {Role::compliance_officer, [](Scene& scene) { return withdrawal(scene.stated); }, true});
  for (const auto* kind : {"model", "prompt"}) {
    row(Role::viewer, registration(kind, "another@1", 'd'));
    row(Role::compliance_officer, version_approval(kind, "new@1"));
    row(Role::compliance_officer, version_end(kind, "new@1", "rejected"));
    row(Role::compliance_officer, version_end(kind, "used@1", "retired"));
  }
  return out;
}

constexpr std::array<Role, 4> every_role{Role::viewer, Role::auditor, Role::compliance_officer,
                                         Role::admin};

}  // namespace

TEST_SUITE("service/roles") {
  TEST_CASE("every role at every act: allowed, or refused and on record") {
    Scene scene;
    std::size_t cells = 0;
    for (const auto& act : acts()) {
      for (const Role role : every_role) {
        const bool is_edge = role == act.least || role == Role::auditor;
        if (act.at_the_edge && !is_edge) continue;
        CAPTURE(to_string(role));
        const auto draft = scene.prepare(act.wanted(scene), person(std::string(to_string(role))));
        if (role >= act.least) {
          scene.expect_allowed(draft);
        } else {
          scene.expect_refused(draft, "insufficient_role");
        }
        scene.restore();
        ++cells;
      }
    }
    std::cout << "roles: " << cells << " cells of roles and acts\n";
  }

  TEST_CASE("the table above has every act that people sign") {
    Scene scene;
    // With the entries that it moves: in the tests of archives.
    std::set<std::string, std::less<>> tried{"ledger.archived"};
    for (const auto& act : acts()) tried.insert(act.wanted(scene).event_type);
    for (const auto& shape : chain::event_shapes()) {
      CAPTURE(shape.event_type);
      CHECK((shape.signing != chain::Signing::never) == tried.contains(shape.event_type));
    }
  }

  TEST_CASE("what nothing began is approved by nobody") {
    Scene scene;
    scene.expect_refused(
        scene.prepare({.event_type = "hold.released", .data = {{"hold_id", "hold-1"}}},
                      person("admin")),
        "wrong_subject");
  }

  TEST_CASE("a statement is withdrawn once, and nothing else is") {
    Scene scene;
    scene.expect_refused(scene.prepare(withdrawal(scene.requested), person("admin")),
                         "wrong_subject");
    auto other = scene.prepare(withdrawal(scene.stated), person("admin"));
    other.data["statement"] = scene.requested;
    scene.expect_refused(scene.signed_again(other, person("admin"), [](Json&) {}), "wrong_subject");
    scene.expect_allowed(scene.prepare(withdrawal(scene.stated), person("admin")));
    scene.keep();
    scene.expect_refused(scene.prepare(withdrawal(scene.stated), person("speaker")),
                         "wrong_subject");
  }

  TEST_CASE("nobody sets a profile or states anything unsigned, also before there are operators") {
    test::Office office;
    for (const auto& wanted : {profile(), declaration()}) {
      CAPTURE(wanted.event_type);
      service::Act act(office.node(), office.session());
      const auto draft = service::prepare(office.node(), wanted, std::nullopt, office.session());
      CHECK(test::code_of([&] { service::require_approved(act, office.node(), draft); }) ==
            ErrorCode::not_permitted);
    }
    const auto key = crypto::load_secret_key(office.node().files.ledger_key(), {});
    ledger::Writer writer(office.node().files, key, office.session().now, office.session().entropy,
                          office.session().write);
    writer.append(service::prepare(office.node(), declaration(), std::nullopt, office.session()));
    (void)writer.commit();
    CHECK(office.verified() != "valid");
  }

  TEST_CASE("an erasure is signed for the entries that it names, and for no others") {
    Scene scene;
    const auto signer = person("admin");
    const auto draft = scene.prepare(erasure(scene), signer);
    scene.expect_refused(scene.signed_again(draft, signer,
                                            [](Json& approval) {
                                              approval["subject_digest"] = std::string(64, '0');
                                            }),
                         "wrong_digest");
    auto other = draft;
    other.data["seqs"] = {scene.seq_of_denied, scene.seq_of_denied + 1};
    scene.expect_refused(scene.signed_again(other, signer, [](Json&) {}), "wrong_digest");
  }

  TEST_CASE("everybody rotates his own key, and nobody revokes himself") {
    Scene scene;
    for (const Role role : every_role) {
      const auto id = std::string(to_string(role));
      CAPTURE(id);
      scene.expect_allowed(scene.prepare(key_change(id, "dave"), person(id)));
      scene.restore();
    }
    scene.expect_refused(scene.prepare(revocation("admin"), person("admin")), "self_revocation");
  }

  TEST_CASE("nobody answers for his own request, unless one person suffices") {
    Scene scene;
    const std::vector<service::Wanted> answers{confirmation(scene), resolution(scene),
                                               override_of(scene)};
    for (const auto* own : {"speaker", "owner"}) {
      CAPTURE(own);
      for (const auto& answer : answers) {
        scene.expect_refused(scene.prepare(answer, person(own)), "own_request");
      }
    }
    scene.expect_allowed(scene.prepare(activation(scene, true), person("admin")));
    scene.keep();
    for (const auto* own : {"speaker", "owner"}) {
      CAPTURE(own);
      for (const auto& answer : answers) {
        scene.expect_allowed(scene.prepare(answer, person(own)));
        const auto report =
            service::oversight_report(scene.office.node(), {}, scene.office.session().now);
        CHECK(report.at("lone_approvals").at("count") == 1);
        scene.restore();
      }
    }
    scene.expect_allowed(scene.prepare(confirmation(scene), person("admin")));
    const auto report =
        service::oversight_report(scene.office.node(), {}, scene.office.session().now);
    CHECK(report.at("lone_approvals").at("count") == 0);
  }

  TEST_CASE("nobody approves what he registered, unless one person suffices") {
    Scene scene;
    for (const auto* kind : {"model", "prompt"}) {
      scene.expect_refused(scene.prepare(version_approval(kind, "own@1"), person("speaker")),
                           "own_registration");
      scene.expect_allowed(scene.prepare(version_approval(kind, "own@1"), person("owner")));
      scene.restore();
    }
    scene.expect_allowed(scene.prepare(activation(scene, true), person("admin")));
    scene.expect_allowed(scene.prepare(version_approval("model", "own@1"), person("speaker")));
    scene.expect_allowed(scene.prepare(version_approval("model", "new@1"), person("speaker")));
    const auto report =
        service::oversight_report(scene.office.node(), {}, scene.office.session().now);
    CHECK(report.at("lone_approvals").at("count") == 1);
  }

  TEST_CASE("a signature that is not of this act, this key, this purpose or this moment") {
    Scene scene;
    const auto signer = person("admin");
    const auto wanted = revocation("spare");
    const auto changed = [&](const char* member, const Json& value) {
      return scene.signed_again(scene.prepare(wanted, signer), signer,
                                [&](Json& approval) { approval[member] = value; });
    };
    scene.expect_refused(changed("subject", "viewer"), "wrong_subject");
    scene.expect_refused(changed("subject_digest", std::string(64, '0')), "wrong_digest");
    scene.expect_refused(changed("role", "compliance_officer"), "wrong_role");
    const auto signed_with = [&](const std::function<void(Person&)>& change) {
      auto person = signer;
      change(person);
      return scene.prepare(wanted, person);
    };
    scene.expect_refused(signed_with([](Person& p) { p.parts.name_space = "git"; }),
                         "wrong_namespace");
    scene.expect_refused(signed_with([](Person& p) { p.parts.hash = "sha256"; }), "wrong_hash");
    scene.expect_refused(signed_with([](Person& p) { p.seed = person("alice").seed; }),
                         "wrong_key");
    auto draft = scene.prepare(wanted, signer);
    draft.data["approval"]["sshsig"] = signer.sign("another act");
    scene.expect_refused(draft, "bad_signature");
    draft = scene.prepare(wanted, signer);
    draft.data["reason"] = "fired";
    scene.expect_refused(draft, "bad_signature");
    draft = scene.prepare(override_of(scene), signer);
    draft.sealed_bytes =
        chain::seal(Json{{"justification", "another"}}, scene.office.session().entropy);
    scene.expect_refused(draft, "bad_signature");
    draft = scene.prepare(wanted, signer);
    draft.actor = "operator:alice";
    scene.expect_refused(draft, "wrong_actor");
    draft.actor = "node:office";
    scene.expect_refused(draft, "wrong_actor");
  }

  TEST_CASE("a hardware key counts when somebody touched it") {
    Scene scene;
    scene.expect_refused(scene.prepare(intervention(), scene.touched(0x00)), "no_user_presence");
    scene.expect_allowed(scene.prepare(intervention(), scene.touched(0x01)));
  }

  TEST_CASE("who was revoked or never was there signs nothing") {
    Scene scene;
    const auto unknown = [&] {
      auto draft = scene.prepare(intervention(), person("admin"));
      draft.actor = "operator:nobody";
      return scene.signed_again(draft, person("nobody"),
                                [](Json& approval) { approval["operator"] = "nobody"; });
    };
    scene.expect_refused(unknown(), "unknown_operator");
    const auto early = scene.prepare(intervention(), person("compliance_officer"));
    scene.expect_allowed(scene.prepare(revocation("compliance_officer"), person("admin")));
    scene.keep();
    scene.expect_refused(early, "revoked_operator");
    scene.expect_refused(scene.prepare(intervention(), person("compliance_officer")),
                         "revoked_operator");
  }

  TEST_CASE("a key that was rotated away signs nothing more, what it signed stays") {
    Scene scene;
    scene.expect_allowed(scene.prepare(intervention(), person("compliance_officer")));
    scene.expect_allowed(scene.prepare(key_change("compliance_officer", "dave"), person("admin")));
    scene.keep();
    scene.expect_refused(scene.prepare(confirmation(scene), person("compliance_officer")),
                         "wrong_key");
  }

  TEST_CASE("an approval is used once") {
    Scene scene;
    const auto draft = scene.prepare(intervention(), person("admin"));
    scene.expect_allowed(draft);
    scene.keep();
    scene.expect_refused(draft, "replayed");
  }

  TEST_CASE("an approval holds from 5 minutes before it was signed until 24 hours after") {
    Scene scene;
    const std::int64_t minute = 60'000'000;
    const auto now = scene.office.session().now;
    const auto draft = scene.prepare(intervention(), person("admin"));
    const auto at = [&](std::int64_t micros) {
      scene.office.session().now = {now.micros + micros};
    };
    at(24 * 60 * minute + 1);
    scene.expect_refused(draft, "stale");
    at(24 * 60 * minute);
    scene.expect_allowed(draft);
    scene.restore();
    at(5 * minute + 1);
    const auto early = scene.prepare(intervention(), person("admin"));
    at(0);
    scene.expect_refused(early, "from_the_future");
    at(1);
    scene.expect_allowed(early);
  }

  TEST_CASE("a name and a key are one person's for ever") {
    Scene scene;
    const auto added = [](const std::string& id, const std::string& key) {
      return service::NewOperator{
          .id = id, .public_key = person(key).public_key(), .role = Role::viewer, .actors = {}};
    };
    scene.expect_allowed(scene.prepare(revocation("spare"), person("admin")));
    scene.keep();
    for (const auto& twice : {added("viewer", "dave"), added("spare", "dave"),
                              added("dave", "viewer"), added("dave", "spare")}) {
      CAPTURE(twice.id);
      const auto before = scene.office.entries();
      CHECK(test::code_of([&] {
              (void)service::add_operator(scene.office.node(), twice, person("admin").signatory(),
                                          scene.office.session());
            }) == ErrorCode::bad_input);
      CHECK(scene.office.entries() == before);
      scene.append_freely(scene.prepare(service::added_by(twice), person("admin")));
      CHECK(scene.verify().first_bad_seq == before);
      scene.restore();
    }
  }

  TEST_CASE("without approval nothing of this is recorded, not even a refusal") {
    Scene scene;
    for (const auto& act : acts()) {
      auto wanted = act.wanted(scene);
      if (!chain::is_signed_by_operator(wanted.event_type)) continue;
      CAPTURE(wanted.event_type);
      const auto before = scene.office.entries();
      const auto draft = service::prepare(scene.office.node(), std::move(wanted), std::nullopt,
                                          scene.office.session());
      CHECK(scene.refusal(draft).has_value());
      CHECK(scene.office.entries() == before);
      scene.append_freely(draft);
      CHECK(scene.verify().first_bad_seq == before);
      scene.restore();
    }
  }
}

}  // namespace lexecon
