// While a stop holds nobody of whom it is may act, by whatever way he comes; and no row lifts it.
#include "service/stops.hpp"

#include "crypto/hash.hpp"
#include "json/parse.hpp"
#include "office.hpp"
#include "service/bench.hpp"
#include "service/operators.hpp"
#include "service/rebuild.hpp"
#include "service/status.hpp"
#include "service/tokens.hpp"
#include "service/tool_ruling.hpp"
#include "service/verify.hpp"
#include "support/sshsig.hpp"

namespace lexecon {
namespace {

using policy::Outcome;
using test::code_of;
using test::Office;

crypto::SecretKey key_of(const std::string& name) {
  return crypto::SecretKey::from_seed(std::string(crypto::sha256("the key of " + name).view()));
}

service::Signatory by(const std::string& name) {
  return {name, [name](std::string_view message, const std::string& /*public_key*/) {
            return test::sshsig(key_of(name), message);
          }};
}

void add(Office& office, const std::string& name, authority::Role role) {
  const bool is_first = name == "alice";
  const crypto::SshSigner signer{false, key_of(name).public_key()};
  (void)service::add_operator(
      office.node(), {.id = name, .public_key = signer.text(), .role = role, .actors = {}},
      is_first ? std::nullopt : std::optional(by("alice")), office.session());
}

const service::NewStop everything{"all", {}, "incident", {}};
const service::NewStop the_reader{"actor", "actor:agent:reader", "runaway", {}};
service::NewStop tenant(const std::string& name) { return {"tenant", name, "incident", {}}; }

/// The entries of people look like any other to whoever watches the clock: it moves between them.
struct Scene {
  Office office;

  std::string stop(const service::NewStop& wanted,
                   const std::optional<service::Signatory>& who = {}) {
    office.pass(1);
    return service::stop_agents(office.node(), wanted, who, office.session())
        .at("stop_id")
        .get<std::string>();
  }
  Json resume(const std::string& id, const std::optional<service::Signatory>& who) {
    office.pass(1);
    return service::resume_agents(office.node(), id, "all_clear", who, office.session());
  }
  [[nodiscard]] Outcome outcome(const Json& request) { return office.decide(request).outcome; }
  [[nodiscard]] Outcome dry(const Json& request) {
    return service::dry_run(office.node(), decision::parse_request(request), {}, office.session())
        .outcome;
  }
  [[nodiscard]] Json last() const { return json::parse(office.bodies().back()); }
  void sql(const std::string& statement) const {
    store::Database database(office.node().files.database(), store::OpenMode::read_write);
    database.execute(statement);
  }
  [[nodiscard]] std::string deep() {
    const auto found = service::verify_ledger(office.node().files,
                                              {.state_home = office.session().write.state_home,
                                               .pins = {},
                                               .older_notes = {},
                                               .skip = {}},
                                              service::Depth::all);
    for (const auto& check : found.checks) {
      if (check.status == ledger::CheckStatus::fail) return check.name + ": " + check.detail;
    }
    return found.verdict == ledger::Verdict::valid ? "valid" : "undecided";
  }
};

Json for_tenant(Json request, const std::string& tenant) {
  request["tenant"] = tenant;
  return request;
}

Json keyed(Json request) {
  request["idempotency_key"] = "k";
  return request;
}

const token::Presented as_reading{.audience = {},
                                  .action = "action:read",
                                  .tool = std::nullopt,
                                  .resource = "resource:db:sales",
                                  .data_classes = {},
                                  .params_hash = std::nullopt};

}  // namespace

TEST_SUITE("service/stops") {
  TEST_CASE("a stop denies whom it is of and nobody else, dry runs too, until it is ended") {
    struct Case {
      service::NewStop stop;
      bool reader;
      bool of_acme;
      bool another;
    };
    for (const auto& [stop, reader, of_acme, another] :
         std::vector<Case>{{everything, true, true, true},
                           {the_reader, true, true, false},
                           {tenant("acme"), false, true, false},
                           {tenant("other"), false, false, false}}) {
      CAPTURE(stop.scope);
      Scene scene;
      add(scene.office, "alice", authority::Role::admin);
      const Json writer{{"actor", "agent:writer"}, {"action", "read"}};
      const std::vector<std::pair<Json, bool>> asked{{test::reading(), reader},
                                                     {for_tenant(test::reading(), "acme"), of_acme},
                                                     {writer, another}};
      const auto id = scene.stop(stop);
      for (const auto& [request, is_held] : asked) {
        const auto decision = scene.office.decide(request);
        CHECK((decision.outcome == Outcome::denied) == is_held);
        CHECK((decision.data.at("reason_code") == "emergency_stop") == is_held);
        CHECK(decision.token.has_value() == !is_held);
        CHECK((scene.dry(request) == Outcome::denied) == is_held);
      }
      (void)scene.resume(id, by("alice"));
      for (const auto& [request, is_held] : asked) {
        CHECK(scene.outcome(request) == Outcome::approved);
      }
      CHECK(scene.deep() == "valid");
    }
  }

  TEST_CASE("between two transactions of a bench somebody stops it") {
    Scene scene;
    service::Bench bench(scene.office.node().files, {}, scene.office.session());
    const std::vector requests{decision::parse_request(test::reading())};
    CHECK(bench.decide(requests).front().outcome == Outcome::approved);
    (void)scene.stop(everything);
    const auto held = bench.decide(requests);
    CHECK(held.front().outcome == Outcome::denied);
    CHECK_FALSE(held.front().token);
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("a replay is answered as it was recorded, but holds no token, and is a no") {
    Scene scene;
    add(scene.office, "alice", authority::Role::admin);
    const auto first = scene.office.decide(keyed(test::reading()));
    REQUIRE(first.token);
    const auto id = scene.stop(the_reader);
    const auto held = scene.office.decide(keyed(test::reading()));
    CHECK(held.replayed);
    CHECK(held.outcome == Outcome::approved);
    CHECK(held.held_by == policy::ReasonCode::emergency_stop);
    CHECK_FALSE(held.token);
    CHECK(service::to_json(held, false).at("held_by") == "emergency_stop");
    (void)scene.resume(id, by("alice"));
    const auto again = scene.office.decide(keyed(test::reading()));
    CHECK_FALSE(again.held_by);
    CHECK(again.token == first.token);
  }

  TEST_CASE("a tool call that was allowed is not allowed again while its agent is stopped") {
    Scene scene;
    const auto request = decision::parse_request(keyed(test::reading()));
    const auto ask = [&] {
      return service::rule_on_tool(scene.office.node(), request, "json", scene.office.session());
    };
    CHECK(ask().permission == agent::Permission::allow);
    (void)scene.stop(everything);
    const auto held = ask();
    CHECK(held.decision.replayed);
    CHECK(held.permission == agent::Permission::deny);
    CHECK(held.reason.find("held now: emergency_stop") != std::string::npos);
  }

  TEST_CASE("a token of one who is stopped is refused, keeps its use, and none is issued") {
    Scene scene;
    auto& office = scene.office;
    add(office, "alice", authority::Role::admin);
    const auto given = office.decide(for_tenant(test::reading(), "acme"));
    const auto bare = office.decide(test::reading(), {.with_token = false});
    const auto bare_id = bare.data.at("decision_id").get<std::string>();
    for (const auto& stop : {everything, the_reader, tenant("acme")}) {
      const auto id = scene.stop(stop);
      const auto before = office.entries();
      const auto now = office.session().now;
      CHECK(service::peek_token(office.node(), *given.token, as_reading, now).refusal ==
            token::Refusal::emergency_stop);
      CHECK(office.entries() == before);
      const auto check =
          service::verify_token(office.node(), *given.token, as_reading, office.session());
      CHECK(check.refusal == token::Refusal::emergency_stop);
      CHECK(check.uses_left == 1);
      CHECK(scene.last().at("event_type") == "token.refused");
      CHECK(scene.last().at("data").at("reason") == "emergency_stop");
      if (stop.scope != "tenant") {
        CHECK(code_of([&] {
                (void)service::issue_token(office.node(), bare_id, {}, {}, office.session());
              }) == ErrorCode::not_permitted);
      }
      (void)scene.resume(id, by("alice"));
    }
    (void)scene.stop(tenant("other"));
    CHECK_FALSE(
        service::verify_token(office.node(), *given.token, as_reading, office.session()).refusal);
    const auto late = service::issue_token(office.node(), bare_id, {}, {}, office.session());
    CHECK_FALSE(
        service::verify_token(office.node(), late.token, as_reading, office.session()).refusal);
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("what is stopped is not stopped twice; what lies in it is, and holds on") {
    Scene scene;
    add(scene.office, "alice", authority::Role::admin);
    const auto all = scene.stop(everything);
    CHECK(code_of([&] { (void)scene.stop(everything); }) == ErrorCode::bad_input);
    const auto one = scene.stop(the_reader);
    CHECK(code_of([&] { (void)scene.stop(the_reader); }) == ErrorCode::bad_input);
    (void)scene.stop(tenant("agent:reader"));  // a tenant that is named like an actor is none
    (void)scene.resume(all, by("alice"));
    CHECK(scene.outcome(test::reading()) == Outcome::denied);
    (void)scene.resume(one, by("alice"));
    CHECK(scene.outcome(test::reading()) == Outcome::approved);
    CHECK(code_of([&] { (void)scene.resume(one, by("alice")); }) == ErrorCode::bad_input);
    const auto later = scene.stop(the_reader);
    CHECK(later != one);
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("anybody stops, an officer or an admin resumes") {
    using authority::Role;
    Scene scene;
    const std::vector<std::pair<std::string, Role>> operators{{"alice", Role::admin},
                                                              {"olga", Role::compliance_officer},
                                                              {"ann", Role::auditor},
                                                              {"vic", Role::viewer}};
    for (const auto& each : operators) {
      const auto& name = each.first;
      const auto role = each.second;
      add(scene.office, name, role);
      const auto id = scene.stop(the_reader, by(name));
      CHECK(scene.last().at("actor") == "operator:" + name);
      if (role < Role::compliance_officer) {
        const auto before = scene.office.entries();
        CHECK(code_of([&] { (void)scene.resume(id, by(name)); }) == ErrorCode::not_permitted);
        CHECK(scene.office.entries() == before + 1);
        CHECK(scene.last().at("data").at("reason") == "insufficient_role");
        CHECK(scene.outcome(test::reading()) == Outcome::denied);
      }
      CHECK(code_of([&] { (void)scene.resume(id, {}); }) == ErrorCode::not_permitted);
      (void)scene.resume(id, by(role < Role::compliance_officer ? "alice" : name));
    }
    (void)scene.stop(the_reader);
    CHECK(scene.last().at("actor") == "node:office");
    CHECK_FALSE(scene.last().at("data").contains("approval"));
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("a node without operators is stopped by itself, and gets out by its first admin") {
    Scene scene;
    const auto id = scene.stop(everything);
    CHECK(code_of([&] { (void)scene.resume(id, {}); }) == ErrorCode::not_permitted);
    CHECK(code_of([&] { (void)scene.resume(id, by("alice")); }) == ErrorCode::not_found);
    add(scene.office, "alice", authority::Role::admin);
    const auto document = scene.resume(id, by("alice"));
    CHECK(document.at("held_seconds").get<int>() > 0);
    CHECK(scene.outcome(test::reading()) == Outcome::approved);
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("the words of a note are sealed") {
    Scene scene;
    auto stop = everything;
    stop.note = "the deployer runs wild";
    (void)scene.stop(stop);
    CHECK(scene.office.bodies().back().find("wild") == std::string::npos);
    CHECK_FALSE(scene.last().at("sealed_hash").is_null());
    for (const auto& bad : {std::string(), std::string("\xFF"), std::string(65'537, 'x')}) {
      stop.note = bad;
      CHECK(code_of([&] { (void)scene.stop(stop); }) == ErrorCode::bad_input);
    }
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("a row that is gone or altered lifts no stop, and is found") {
    for (const auto* change :
         {"DELETE FROM stops", "UPDATE stops SET resumed_seq = 3",
          "UPDATE stops SET scope = 'actor', target = 'actor:other'",
          "UPDATE stops SET stop_id = 'stp_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B'",
          "UPDATE stops SET reason = 'other'", "UPDATE stops SET actor = 'operator:eve'"}) {
      CAPTURE(change);
      Scene scene;
      (void)scene.stop(everything);
      CHECK(scene.deep() == "valid");
      scene.sql(change);
      CHECK(scene.outcome(test::reading()) == Outcome::denied);
      CHECK(service::status(scene.office.node(), scene.office.session().write.state_home)
                .stops.size() == 1);
      CHECK(scene.deep() != "valid");
      (void)service::rebuild(scene.office.node().files, scene.office.session().write);
      CHECK(scene.deep() == "valid");
    }
  }
}

}  // namespace lexecon
