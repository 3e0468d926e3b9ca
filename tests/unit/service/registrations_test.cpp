// The registries of models and prompts: what follows what, what decisions make of it, and that a ledger in
// which somebody wrote something else by hand is found.
#include "service/registrations.hpp"

#include <doctest/doctest.h>

#include <array>
#include <iostream>
#include <map>
#include <random>

#include "bureau.hpp"
#include "crypto/key_file.hpp"
#include "decision/record.hpp"
#include "ledger/writer.hpp"
#include "service/activate.hpp"
#include "service/rebuild.hpp"
#include "service/sets.hpp"
#include "support/support.hpp"

using namespace lexecon;
using authority::RegistryKind;
using decision::RegistryState;
using policy::ReasonCode;

namespace {

constexpr std::int64_t second = 1'000'000;

struct Registry {
  test::Bureau bureau;

  const service::Node& node() { return bureau.office.node(); }
  service::Session& session() { return bureau.office.session(); }

  void add(RegistryKind kind, const std::string& id, const std::string& digest,
           const std::string& by = "vic") {
    (void)service::register_version(
        node(),
        {.version = {kind, id}, .digest = digest, .file = std::nullopt, .note = std::nullopt},
        bureau.by(by), session());
  }
  void approve(RegistryKind kind, const std::string& id, std::optional<Timestamp> until = {},
               const std::string& by = "bob") {
    (void)service::approve_version(node(),
                                   {.version = {kind, id},
                                    .expires_at = until,
                                    .provider_change = "no",
                                    .justification = std::nullopt},
                                   bureau.by(by), session());
  }
  void end(RegistryKind kind, const std::string& id, const std::string& verb) {
    (void)service::end_version(node(), {kind, id}, verb, "superseded", bureau.by("bob"), session());
  }
  [[nodiscard]] Timestamp in(std::int64_t seconds) {
    return {session().now.micros + seconds * second};
  }
  void use(const std::string& models, const std::string& prompts = "off") {
    bureau.office.write("node.yaml", "id: office\nregistry: {models: '" + models + "', prompts: '" +
                                         prompts + "'}\n");
    (void)service::activate(node(), std::nullopt, bureau.by("ann"), session());
  }
  Json decide(std::optional<std::string> model, std::optional<std::string> prompt = {}) {
    auto request = test::reading();
    if (model) request["model"] = *model;
    if (prompt) request["prompt"] = *prompt;
    return bureau.office.decide(request).data;
  }
  std::string reason(std::optional<std::string> model, std::optional<std::string> prompt = {}) {
    return decide(std::move(model), std::move(prompt)).at("reason_code");
  }
};

std::string digest(char digit) { return std::string(64, digit); }

/// A decision written by hand, by the log's own key; the judge has seen those facts.
void write_decision(Registry& registry, const Json& document, const decision::Facts& facts) {
  const auto request = decision::parse_request(document);
  auto& session = registry.session();
  const auto key = crypto::load_secret_key(registry.node().files.ledger_key(), {});
  ledger::Writer writer(registry.node().files, key, session.now, session.entropy, session.write);
  const auto set = service::load_active(writer.database());
  const auto verdict = decision::judge(request, &*set, facts, writer.at());
  writer.append({.event_type = "decision",
                 .actor = request.actor,
                 .data = decision::decision_data(
                     {.decision_id = "dec_" + session.ulids.next(session.now, session.entropy),
                      .at = writer.at(),
                      .via = "cli",
                      .request = request,
                      .facts = facts,
                      .verdict = verdict,
                      .token = std::nullopt}),
                 .sealed = request.canonical});
  (void)writer.commit();
}

decision::Facts facts_with(std::optional<RegistryState> model,
                           std::optional<ReasonCode> guard = std::nullopt) {
  decision::Facts facts;
  facts.guard = guard;
  if (model) facts.registry = decision::RegistryFact{.model = model, .prompt = std::nullopt};
  return facts;
}

}  // namespace

TEST_SUITE("service/registrations") {
  TEST_CASE("a set that asks the registry denies what is not approved, by id and by digest") {
    Registry registry;
    registry.add(RegistryKind::model, "m@1", digest('a'));
    registry.add(RegistryKind::model, "m@2", digest('b'));
    registry.approve(RegistryKind::model, "m@2", registry.in(60));
    const auto by_digest = "sha256:" + digest('b');
    const auto all = [&] {
      return std::vector<std::string>{registry.reason({}), registry.reason("m@0"),
                                      registry.reason("m@1"), registry.reason("m@2"),
                                      registry.reason(by_digest)};
    };
    const std::string yes = "permitted";
    const std::string no = "model_not_approved";
    CHECK(all() == std::vector{yes, yes, yes, yes, yes});
    registry.use("named");
    CHECK(all() == std::vector{yes, no, no, yes, yes});
    registry.use("required");
    CHECK(all() == std::vector{no, no, no, yes, yes});
    registry.bureau.office.pass(60);
    CHECK(all() == std::vector{no, no, no, no, no});
    CHECK(registry.decide("m@2").at("facts").at("registry") ==
          Json{{"model", "expired"}, {"prompt", nullptr}});
    registry.approve(RegistryKind::model, "m@2");
    CHECK(all() == std::vector{no, no, no, yes, yes});
    registry.end(RegistryKind::model, "m@2", "retired");
    CHECK(all() == std::vector{no, no, no, no, no});
    CHECK(registry.decide({}).at("facts").at("registry").is_null());
    CHECK(registry.bureau.deep() == "valid");
  }

  TEST_CASE("prompts are asked like models, after them, and are no models") {
    Registry registry;
    registry.add(RegistryKind::prompt, "p@1", digest('a'));
    registry.add(RegistryKind::model, "p@1", digest('a'));
    registry.approve(RegistryKind::prompt, "p@1");
    registry.use("named", "required");
    CHECK(registry.reason({}, "p@1") == "permitted");
    CHECK(registry.reason({}) == "prompt_not_approved");
    CHECK(registry.reason("p@1", "p@1") == "model_not_approved");
    CHECK(registry.reason("p@1") == "model_not_approved");
    CHECK(registry.bureau.deep() == "valid");
  }

  TEST_CASE("a token for what was retired since is not issued") {
    Registry registry;
    registry.add(RegistryKind::model, "m@1", digest('a'));
    registry.approve(RegistryKind::model, "m@1");
    registry.use("named");
    auto request = test::reading();
    request["model"] = "m@1";
    const auto early = registry.bureau.decide(request, {.with_token = false});
    const auto late = registry.bureau.decide(request, {.with_token = false});
    (void)registry.bureau.token(early);
    registry.end(RegistryKind::model, "m@1", "retired");
    CHECK(test::code_of([&] { (void)registry.bureau.token(late); }) == ErrorCode::not_permitted);
    CHECK(registry.bureau.deep() == "valid");
  }

  TEST_CASE("a replay of what was retired since gives no token") {
    Registry registry;
    registry.add(RegistryKind::model, "m@1", digest('a'));
    registry.approve(RegistryKind::model, "m@1");
    registry.use("named");
    auto request = test::reading();
    request["model"] = "m@1";
    request["idempotency_key"] = "once";
    CHECK(registry.bureau.office.decide(request).token);
    registry.end(RegistryKind::model, "m@1", "retired");
    const auto replay = registry.bureau.office.decide(request);
    CHECK(replay.held_by == ReasonCode::model_not_approved);
    CHECK_FALSE(replay.token);
  }

  TEST_CASE("a decision written by hand against the registry is found") {
    auto document = test::reading();
    document["model"] = "m@1";
    const auto found = [&](const std::string& use, bool is_approved, const Json& asked,
                           const decision::Facts& facts) {
      Registry registry;
      registry.add(RegistryKind::model, "m@1", digest('a'));
      if (is_approved) registry.approve(RegistryKind::model, "m@1");
      registry.use(use);
      write_decision(registry, asked, facts);
      // No act wrote it, so no table has it; that is all that is wrong with an honest one.
      const std::string unwritten = "projections: the table `decisions` differs from the entries";
      const auto said = registry.bureau.deep();
      const bool is_honest = said.starts_with(unwritten) && said.find(';') == std::string::npos;
      return is_honest ? "honest" : said;
    };
    const auto is = [](const std::string& said, const std::string& part) {
      CAPTURE(said);
      CHECK(said.find(part) != std::string::npos);
    };
    const auto denied = ReasonCode::model_not_approved;
    CHECK(found("named", true, document, facts_with(RegistryState::approved)) == "honest");
    CHECK(found("named", false, document, facts_with(RegistryState::registered, denied)) ==
          "honest");
    is(found("named", true, document, facts_with(RegistryState::approved, denied)),
       "was denied as model_not_approved, and it was approved");
    is(found("named", true, document, facts_with(RegistryState::registered, denied)),
       "says of its model or prompt what the registry does not");
    is(found("named", false, document, facts_with(RegistryState::approved)),
       "says of its model or prompt what the registry does not");
    is(found("named", false, document, facts_with(std::nullopt)),
       "says of its model or prompt what the registry does not");
    is(found("named", false, document, facts_with(RegistryState::registered)),
       "give model_not_approved, and it was not denied for that");
    is(found("required", true, test::reading(), facts_with(std::nullopt)),
       "give model_not_approved, and it was not denied for that");
    is(found("off", false, document, facts_with(RegistryState::registered, denied)),
       "which the set and the registry do not give");
    is(found("named", false, document,
             facts_with(RegistryState::registered, ReasonCode::prompt_not_approved)),
       "which the set and the registry do not give");
  }

  TEST_CASE("random acts against a model: what is refused, and what is on record") {
    constexpr std::array<const char*, 4> verbs{"registered", "approved", "rejected", "retired"};
    const int rounds = test::rounds();
    std::size_t done = 0;
    std::size_t refused = 0;
    for (int round = 0; round < rounds; ++round) {
      Registry registry;
      std::mt19937_64 random(static_cast<std::uint64_t>(round));
      const auto draw = [&random](std::size_t below) { return random() % below; };
      struct Known {
        RegistryState state = RegistryState::unregistered;
        std::optional<Timestamp> until;
        std::string digest;
      };
      std::map<std::string, Known> model;
      const auto now_of = [&](const Known& known) {
        const bool is_over = known.until && *known.until <= registry.session().now;
        return known.state == RegistryState::approved && is_over ? RegistryState::expired
                                                                 : known.state;
      };
      for (int step = 0; step < 60; ++step) {
        registry.bureau.office.pass(static_cast<std::int64_t>(1 + draw(20)));
        const auto id = "v@" + std::to_string(draw(9));
        const std::string verb = verbs.at(draw(verbs.size()));
        const auto bytes = digest(static_cast<char>('0' + draw(10)));
        const auto until = draw(2) == 0 ? std::nullopt : std::optional(registry.in(30));
        auto& known = model[id];
        const auto state = now_of(known);
        bool is_allowed = false;
        if (verb == "registered") {
          is_allowed = state == RegistryState::unregistered;
          for (const auto& [other, each] : model) is_allowed = is_allowed && each.digest != bytes;
        } else if (verb == "approved") {
          is_allowed = state == RegistryState::registered || state == RegistryState::expired ||
                       (state == RegistryState::approved && known.until);
        } else if (verb == "rejected") {
          is_allowed = state == RegistryState::registered;
        } else {
          is_allowed = state == RegistryState::approved || state == RegistryState::expired;
        }
        CAPTURE(verb);
        CAPTURE(id);
        const auto code = test::code_of([&] {
          if (verb == "registered") return registry.add(RegistryKind::prompt, id, bytes);
          if (verb == "approved") return registry.approve(RegistryKind::prompt, id, until);
          registry.end(RegistryKind::prompt, id, verb);
        });
        CHECK(!code == is_allowed);
        (code ? refused : done) += 1;
        if (!is_allowed) continue;
        known.state = *decision::registry_state_from(verb);
        if (verb == "registered") known.digest = bytes;
        if (verb == "approved") known.until = until;
      }
      for (const auto& version : service::list_versions(registry.node(), RegistryKind::prompt, {},
                                                        registry.session().now)) {
        const auto& known = model.at(version.registration.id);
        CHECK(version.state == now_of(known));
        CHECK(version.registration.digest == known.digest);
      }
      const auto before = registry.bureau.office.projections();
      CHECK(registry.bureau.deep() == "valid");
      CHECK_FALSE(service::rebuild(registry.node().files, registry.session().write).changed());
      CHECK(registry.bureau.office.projections() == before);
    }
    std::cout << "registrations: " << done << " acts done, " << refused << " refused, in " << rounds
              << " rounds\n";
    CHECK(done > 0);
    CHECK(refused > 0);
  }
}
