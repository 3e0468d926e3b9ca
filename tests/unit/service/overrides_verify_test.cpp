// Ledgers signed by their own key, and overrides signed by operators, that contradict each other: the node's
// program would not write them, and the verifier finds each.
#include <functional>
#include <iostream>

#include "base/error.hpp"
#include "bureau.hpp"
#include "decision/record.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"
#include "oversight/overrides.hpp"
#include "registry/keys.hpp"
#include "service/act.hpp"
#include "service/decisions.hpp"
#include "service/sets.hpp"

namespace lexecon {
namespace {

using authority::OverrideScope;
using test::Bureau;
using test::dropping;
using test::reading;

constexpr std::int64_t hour = 3'600;
constexpr const char* unknown = "ovr_dec_01JNX8A0000000000000000009_00000001";

/// A node that appends whatever it is told.
struct Scene : Bureau {
  using Change = std::function<void(Json&)>;

  void append(ledger::Draft draft) {
    office.pass(1);
    service::Act act(office.node(), office.session());
    act.append(std::move(draft));
    (void)act.commit();
  }
  std::uint64_t append_signed(const service::Wanted& wanted, const std::string& name = "bob") {
    append(service::prepare(office.node(), wanted, by(name), office.session()));
    return office.entries() - 1;
  }

  /// Judged right, from facts that may be wrong.
  void decide_with(const Json& document, const decision::Facts& facts) {
    office.pass(1);
    const auto request = decision::parse_request(document);
    service::Act act(office.node(), office.session());
    const auto set = service::load_active(act.database());
    const auto id = "dec_" + office.session().ulids.next(act.at(), office.session().entropy);
    act.append({.event_type = "decision",
                .actor = request.actor,
                .data = decision::decision_data(
                    {.decision_id = id,
                     .at = act.at(),
                     .via = "cli",
                     .request = request,
                     .facts = facts,
                     .verdict = decision::judge(request, &*set, facts, act.at()),
                     .token = std::nullopt}),
                .sealed = request.canonical});
    (void)act.commit();
  }
  void issue_with(const std::string& decision_id, const decision::Facts& facts) {
    office.pass(1);
    service::Act act(office.node(), office.session());
    const auto set = service::load_active(act.database());
    const auto kid = registry::token_keys(act.database()).front().key.kid();
    act.append({.event_type = "token.issued",
                .actor = "actor:agent:reader",
                .data = {{"at", to_text(act.at())},
                         {"decision_id", decision_id},
                         {"facts", decision::to_json(facts)},
                         {"policy_hash", set->policy_hash.hex()},
                         {"token",
                          {{"aud", "api"},
                           {"exp", to_text_seconds({act.at().micros + 300'000'000})},
                           {"iat", to_text_seconds(act.at())},
                           {"jti", "tok_" + std::string(32, 'a')},
                           {"kid", kid},
                           {"token_hash", std::string(64, 'a')},
                           {"uses", 1}}}},
                .sealed = std::nullopt});
    (void)act.commit();
  }

  [[nodiscard]] static service::Wanted wanted(const std::string& decision_id,
                                              const Json& change = Json::object()) {
    Json data{{"decision_id", decision_id},    {"expires_at", nullptr},
              {"new_outcome", "approved"},     {"override_id", "ovr_" + decision_id + "_0000000a"},
              {"relations", {"nobody-drops"}}, {"scope", "single_decision"},
              {"type", "emergency_bypass"}};
    data.update(change);
    return {.event_type = "override.created",
            .data = std::move(data),
            .sealed = Json{{"justification", test::reason_enough}}};
  }
  void enact(const std::string& id, const std::string& policy_hash) {
    append({.event_type = "override.enacted",
            .actor = "node:office",
            .data = {{"override_id", id}, {"policy_hash", policy_hash}},
            .sealed = std::nullopt});
  }
  [[nodiscard]] std::string active() const {
    auto database = service::open_ledger(office.node());
    return registry::active_set(database)->policy_hash.hex();
  }
  /// The set in force once more, as a node would not activate it.
  void activate_again(const std::string& id, const std::string& policy_hash) {
    auto database = service::open_ledger(office.node());
    auto data = ledger::read_entry(database, registry::active_set(database)->seq)->entry.data;
    data["previous_hash"] = active();
    data.erase("approval");
    auto draft =
        service::prepare(office.node(), {.event_type = "policy.activated", .data = std::move(data)},
                         by("ann"), office.session());
    office.pass(1);
    service::Act act(office.node(), office.session());
    act.append(std::move(draft));
    act.append({.event_type = "override.enacted",
                .actor = "node:office",
                .data = {{"override_id", id}, {"policy_hash", policy_hash}},
                .sealed = std::nullopt});
    (void)act.commit();
  }
  std::string permanent(const std::string& decision_id) {
    auto added = of(decision_id);
    added.scope = OverrideScope::permanent_policy_change;
    return make(added).made.made.id();
  }
};

struct Contradiction {
  std::string found;  // in what the verifier says
  std::function<void(Scene&)> make;
};

/// A decision whose facts list what an override of several decisions says, changed.
Contradiction listing(const std::string& found,
                      const std::function<void(decision::Exception&)>& change,
                      const Json& request = dropping(), std::int64_t later = 0) {
  return {found, [=](Scene& scene) {
            const auto made = scene.make(scene.several(scene.decide(dropping()), hour));
            auto exception = made.made.made.exception;
            change(exception);
            scene.office.pass(later);
            scene.decide_with(request, {.approvals = {}, .exceptions = {exception}, .guard = {}});
          }};
}

Contradiction made_as(const std::string& found, const Json& change) {
  return {found, [=](Scene& scene) {
            (void)scene.append_signed(Scene::wanted(scene.decide(dropping()), change));
          }};
}

const auto unchanged = [](decision::Exception&) {};

std::vector<Contradiction> about_decisions() {
  return {
      listing("rests on what may not be: the override `" + std::string(unknown) +
                  "` was made by nobody",
              [](auto& it) { it.override_id = unknown; }),
      listing("on record with other relations",
              [](auto& it) { it.relations.push_back("ship-needs-ticket"); }),
      listing("on record with other relations or another end",
              [](auto& it) { it.expires_at->micros += 1; }),
      listing("on record with other relations or another end",
              [](auto& it) { it.expires_at.reset(); }),
      listing("had expired", unchanged, dropping(), hour),
      listing("does not cover the request", unchanged,
              {{"actor", "agent:reader"}, {"action", "drop"}, {"resource", "db:other"}}),
      listing("does not cover the request", unchanged,
              {{"actor", "agent:reader"},
               {"action", "drop"},
               {"resource", "db:sales"},
               {"data_classes", {"pii"}}}),
      {"is not of several decisions",
       [](Scene& scene) {
         const auto made = scene.make(Bureau::of(scene.decide(dropping())));
         scene.decide_with(
             dropping(), {.approvals = {}, .exceptions = {made.made.made.exception}, .guard = {}});
       }},
      {"was revoked by entry_",
       [](Scene& scene) {
         const auto id = scene.decide(dropping());
         const auto made = scene.make(scene.several(id, hour));
         scene.make(Bureau::denial(id));
         scene.decide_with(
             dropping(), {.approvals = {}, .exceptions = {made.made.made.exception}, .guard = {}});
       }},
      {"was made by nobody",
       [](Scene& scene) {
         // Honoured first, and made afterwards.
         const auto id = scene.decide(dropping());
         const Timestamp until{scene.now().micros + hour * 1'000'000};
         auto wanted =
             Scene::wanted(id, {{"expires_at", to_text(until)}, {"scope", "multiple_decisions"}});
         scene.decide_with(
             dropping(), {.approvals = {},
                          .exceptions = {{wanted.data.at("override_id"), {"nobody-drops"}, until}},
                          .guard = {}});
         (void)scene.append_signed(wanted);
       }},
  };
}

std::vector<Contradiction> about_tokens() {
  return {
      {"state: the token does not rest on `ovr_",
       [](Scene& scene) {
         const auto id = scene.decide(dropping());
         const auto made = scene.make(Bureau::of(id));
         scene.issue_with(id, {.approvals = {{"bob", "human_confirmation", made.made.made.seq}},
                               .exceptions = {},
                               .guard = {}});
       }},
      {"is not of several decisions",
       [](Scene& scene) {
         const auto other = scene.make(Bureau::of(scene.decide(dropping())));
         const auto id = scene.decide(dropping());
         const auto made = scene.make(Bureau::of(id));
         scene.issue_with(id, {.approvals = {{"bob", "human_confirmation", made.made.made.seq}},
                               .exceptions = {made.made.made.exception, other.made.made.exception},
                               .guard = {}});
       }},
      {"redecide: entry_",
       [](Scene& scene) {
         // Signed, and it lifts what does not stand in the way.
         const auto id = scene.decide(dropping());
         const auto seq =
             scene.append_signed(Scene::wanted(id, {{"relations", {"ship-needs-ticket"}}}));
         scene.issue_with(
             id, {.approvals = {{"bob", "human_confirmation", seq}},
                  .exceptions = {{"ovr_" + id + "_0000000a", {"ship-needs-ticket"}, std::nullopt}},
                  .guard = {}});
       }},
      {"people refused",
       [](Scene& scene) {
         const auto id = scene.decide(reading(), {.with_token = false});
         scene.make(Bureau::denial(id));
         scene.issue_with(id, {});
       }},
  };
}

std::vector<Contradiction> about_overrides() {
  const std::string later = "2026-06-01T00:00:00.000000Z";
  return {
      made_as("makes nothing escalated", {{"new_outcome", "escalated"}}),
      made_as("denies one decision", {{"new_outcome", "denied"}, {"scope", "multiple_decisions"}}),
      made_as("a denial lifts no relation", {{"new_outcome", "denied"}}),
      made_as("which is over", {{"expires_at", "2026-01-01T00:00:01.000000Z"}}),
      made_as("lifts relations until a time", {{"scope", "multiple_decisions"}}),
      made_as(
          "lifts relations until a time",
          {{"scope", "multiple_decisions"}, {"expires_at", later}, {"relations", Json::array()}}),
      made_as("does not expire", {{"scope", "permanent_policy_change"}, {"expires_at", later}}),
      {"is made a second time",
       [](Scene& scene) {
         const auto wanted = Scene::wanted(scene.decide(dropping()));
         (void)scene.append_signed(wanted);
         (void)scene.append_signed(wanted);
       }},
      {"olga` speaks for",
       [](Scene& scene) {
         (void)scene.append_signed(Scene::wanted(scene.decide(dropping())), "olga");
       }},
      {"is enacted, and nobody made it",
       [](Scene& scene) { scene.activate_again(unknown, scene.active()); }},
      {"is no permanent change",
       [](Scene& scene) {
         const auto made = scene.make(Bureau::of(scene.decide(dropping())));
         scene.activate_again(made.made.made.id(), scene.active());
       }},
      {"is enacted by no activation",
       [](Scene& scene) {
         scene.enact(scene.permanent(scene.decide(dropping())), scene.active());
       }},
      {"is enacted by no activation",
       [](Scene& scene) {
         scene.activate_again(scene.permanent(scene.decide(dropping())), std::string(64, 'b'));
       }},
      {"is enacted a second time",
       [](Scene& scene) {
         const auto id = scene.permanent(scene.decide(dropping()));
         scene.activate_again(id, scene.active());
         scene.activate_again(id, scene.active());
       }},
  };
}

TEST_SUITE("service/overrides_verify") {
  TEST_CASE("what contradicts an override is found") {
    std::size_t count = 0;
    for (const auto& group : {about_decisions(), about_tokens(), about_overrides()}) {
      for (const auto& [found, make] : group) {
        CAPTURE(found);
        Scene scene;
        CHECK(scene.deep() == "valid");
        make(scene);
        const auto said = scene.deep();
        CHECK_MESSAGE(said.find(found) != std::string::npos, said);
        ++count;
      }
    }
    std::cout << "verifier overrides: " << count << " ledgers that contradict themselves\n";
  }

  TEST_CASE("a permanent change of policy is enacted once, by the activation before it") {
    Scene scene;
    scene.activate_again(scene.permanent(scene.decide(dropping())), scene.active());
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("an exception is verified when the request of its decision is erased") {
    Scene scene;
    scene.make(scene.several(scene.decide(dropping()), hour));
    (void)scene.decide(dropping());
    {
      scene.office.pass(1);
      service::Act act(scene.office.node(), scene.office.session());
      const auto made = oversight::overrides(act.database()).all().front();
      const auto decided = oversight::find_decision(act.database(), made.decision_id).value();
      for (const auto seq : {decided, made.seq}) {
        act.database()
            .prepare("DELETE FROM sealed WHERE seq = ?1")
            .bind(1, static_cast<std::int64_t>(seq))
            .run();
      }
      (void)act.append({.event_type = "sealed.erased",
                        .actor = "node:office",
                        .data = {{"legal_basis", "gdpr_17"},
                                 {"requested_at", to_text(act.at())},
                                 {"seqs", {decided, made.seq}}},
                        .sealed = std::nullopt});
      (void)act.commit();
    }
    (void)scene.decide(dropping());
    // Nobody signed the erasure; that is all.
    CHECK(scene.deep() == "approvals: entry_10, sealed.erased, has no approval by an operator");
    const auto listed = service::list_overrides(scene.office.node(), {}, scene.now());
    CHECK_FALSE(listed.front().justification);
    CHECK(listed.front().decisions.size() == 2);
  }
}

}  // namespace
}  // namespace lexecon
