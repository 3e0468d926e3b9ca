#include "service/oversight_report.hpp"

#include "crypto/hash.hpp"
#include "json/parse.hpp"
#include "office.hpp"
#include "service/activate.hpp"
#include "service/interventions.hpp"
#include "service/operators.hpp"
#include "service/rebuild.hpp"
#include "service/stops.hpp"
#include "service/verify.hpp"
#include "support/sshsig.hpp"

namespace lexecon {
namespace {

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

const service::NewIntervention review{"manual_review", "risk_manager", "read with the desk", {}};

struct Scene {
  Office office;

  void add(const std::string& name, authority::Role role, const std::vector<std::string>& actors) {
    const crypto::SshSigner signer{false, key_of(name).public_key()};
    (void)service::add_operator(
        office.node(), {.id = name, .public_key = signer.text(), .role = role, .actors = actors},
        name == "alice" ? std::nullopt : std::optional(by("alice")), office.session());
  }
  service::Decision escalate() {
    office.pass(1);
    return office.decide(test::paying());
  }
  /// After so many seconds.
  void answer(const service::Decision& decision, const std::string& outcome, std::int64_t seconds,
              const std::string& who = "alice") {
    office.pass(seconds);
    const auto& node = office.node();
    auto draft = service::prepare(
        node,
        {.event_type = "escalation.resolved",
         .data = {{"decision_id", decision.data.at("decision_id")},
                  {"escalation_id", *decision.escalation_id},
                  {"expires_at", to_text({office.session().now.micros + 3'600'000'000})},
                  {"outcome", outcome}}},
        by(who), office.session());
    service::Act act(node, office.session());
    (void)service::append_approved(act, node, std::move(draft));
    (void)act.commit();
  }
  void breach(const service::Decision& decision) {
    service::Act act(office.node(), office.session());
    act.append({.event_type = "escalation.breached",
                .actor = "node:office",
                .data = {{"decision_id", decision.data.at("decision_id")},
                         {"escalation_id", *decision.escalation_id}},
                .sealed = std::nullopt});
    (void)act.commit();
  }
  Json intervene(const service::NewIntervention& wanted, const std::string& who) {
    office.pass(1);
    return service::intervene(office.node(), wanted, by(who), office.session());
  }
  [[nodiscard]] Json report(const service::Period& period = {}) {
    return service::oversight_report(office.node(), period, office.session().now);
  }
  [[nodiscard]] ledger::Verification deep() {
    return service::verify_ledger(office.node().files,
                                  {.state_home = office.session().write.state_home,
                                   .pins = {},
                                   .older_notes = {},
                                   .skip = {}},
                                  service::Depth::all);
  }
  void sql(const std::string& statement) const {
    store::Database database(office.node().files.database(), store::OpenMode::read_write);
    database.execute(statement);
  }
};

/// Every number is that of its entries, and each of those is there.
void check_refs(const Json& value, const std::vector<std::string>& bodies) {
  if (value.is_object() && value.contains("entries")) {
    CHECK(value.at("count") == value.at("entries").size());
    CHECK(value.at("left_out") == 0);
    for (const auto& id : value.at("entries")) {
      bool is_there = false;
      for (const auto& body : bodies) {
        is_there |= body.find("\"entry_id\":" + id.dump()) != std::string::npos;
      }
      CHECK(is_there);
    }
  }
  if (value.is_structured()) {
    for (const auto& each : value) check_refs(each, bodies);
  }
}

}  // namespace

TEST_SUITE("service/oversight_report") {
  TEST_CASE("over what is empty it says that there was nothing") {
    Scene scene;
    const auto report = scene.report();
    CHECK(report.at("human_authority_from").is_null());
    CHECK(report.at("decisions") ==
          Json{{"count", 0}, {"first_entry_id", nullptr}, {"last_entry_id", nullptr}});
    CHECK(report.at("response_times").at("all").at("median_seconds").is_null());
    CHECK(report.at("overrides").at("per_10000_decisions").is_null());
    CHECK(report.at("open_escalations").at("oldest_seconds").is_null());
    CHECK(report.at("who").empty());
    CHECK(report.at("acts").at("count") == 0);
  }

  TEST_CASE("response times are those of first answers, by the nearest rank") {
    Scene scene;
    scene.add("alice", authority::Role::admin, {});
    std::int64_t seconds = 0;
    // 1, 2, ... 10 seconds, the first of which is a deferral that is answered again later.
    for (int i = 1; i <= 10; ++i) {
      const auto decision = scene.escalate();
      scene.answer(decision, i == 1 ? "deferred" : i % 2 == 0 ? "approved" : "denied", ++seconds);
      if (i == 1) scene.answer(decision, "approved", 1000);
    }
    const auto open = scene.escalate();
    scene.office.pass(77);
    scene.breach(open);
    const auto report = scene.report();
    const auto& all = report.at("response_times").at("all");
    CHECK(all.at("count") == 10);
    CHECK(all.at("median_seconds") == 5);
    CHECK(all.at("p90_seconds") == 9);
    CHECK(all.at("longest_seconds") == 10);
    CHECK(report.at("response_times").at("medium") == all);
    CHECK(report.at("response_times").at("low").at("longest_seconds").is_null());
    CHECK(report.at("open_escalations").at("count") == 1);
    CHECK(report.at("open_escalations").at("oldest_seconds") == 77);
    CHECK(report.at("open_escalations").at("by_priority").at("medium") == 1);
    CHECK(report.at("sla_breaches").at("count") == 1);
    CHECK(report.at("decisions").at("count") == 11);
    const auto& who = report.at("who").at(0);
    CHECK(who.at("actor") == "operator:alice");
    CHECK(who.at("approved").at("count") == 6);
    CHECK(who.at("denied").at("count") == 4);
    CHECK(who.at("deferred").at("count") == 1);
    CHECK(report.at("human_authority_from") == "entry_3");
    check_refs(report, scene.office.bodies());
    CHECK(scene.office.verified() == "valid");
  }

  TEST_CASE("each act is what it is, and a refused one too") {
    Scene scene;
    scene.add("alice", authority::Role::admin, {});
    scene.add("olga", authority::Role::compliance_officer, {"actor:agent:reader"});
    scene.add("vic", authority::Role::viewer, {});
    const auto id = scene.escalate().data.at("decision_id").get<std::string>();
    auto about = review;
    about.decision_id = id;
    (void)scene.intervene(about, "olga");
    (void)scene.intervene(review, "alice");
    CHECK(code_of([&] { (void)scene.intervene(review, "vic"); }) == ErrorCode::not_permitted);
    const auto stop = service::stop_agents(scene.office.node(), {"all", {}, "incident", {}},
                                           std::nullopt, scene.office.session());
    CHECK(scene.report().at("stops_in_force").at("count") == 1);
    (void)service::resume_agents(scene.office.node(), stop.at("stop_id").get<std::string>(),
                                 "all_clear", by("alice"), scene.office.session());
    const auto report = scene.report();
    std::vector<std::string> told;
    for (const auto& act : report.at("acts").at("list")) {
      told.push_back(act.at("actor").get<std::string>() + " " + act.at("kind").get<std::string>());
    }
    CHECK(told == std::vector<std::string>{"operator:olga intervened", "operator:alice intervened",
                                           "operator:vic refused", "node:office stopped",
                                           "operator:alice resumed"});
    CHECK(report.at("acts").at("list").at(0).at("decision_id") == id);
    CHECK(report.at("stops_in_force").at("count") == 0);
    CHECK(report.at("who").size() == 4);
    check_refs(report, scene.office.bodies());
  }

  TEST_CASE("a period begins with its first moment and ends before its last") {
    Scene scene;
    scene.add("alice", authority::Role::admin, {});
    const auto decision = scene.escalate();
    scene.answer(decision, "approved", 10);
    const auto answered = scene.office.session().now;
    scene.office.pass(1'000);
    (void)scene.escalate();
    const auto counts = [&](const service::Period& period) {
      const auto report = scene.report(period);
      return std::vector<std::int64_t>{
          report.at("decisions").at("count").get<std::int64_t>(),
          report.at("response_times").at("all").at("count").get<std::int64_t>(),
          report.at("open_escalations").at("count").get<std::int64_t>(),
          report.at("acts").at("count").get<std::int64_t>()};
    };
    using Counts = std::vector<std::int64_t>;
    CHECK(counts({}) == Counts{2, 1, 1, 1});
    CHECK(counts({answered, std::nullopt}) == Counts{1, 1, 1, 1});
    CHECK(counts({Timestamp{answered.micros + 1}, std::nullopt}) == Counts{1, 0, 1, 0});
    CHECK(counts({std::nullopt, answered}) == Counts{1, 0, 1, 0});
    CHECK(counts({std::nullopt, Timestamp{answered.micros + 1}}) == Counts{1, 1, 0, 1});
  }

  TEST_CASE("a stop holds at the end of a period that ends before it was lifted") {
    Scene scene;
    scene.add("alice", authority::Role::admin, {});
    scene.office.pass(1);
    const auto before = scene.office.session().now;
    const auto stop = service::stop_agents(scene.office.node(), {"all", {}, "incident", {}},
                                           std::nullopt, scene.office.session());
    scene.office.pass(1);
    const auto during = scene.office.session().now;
    scene.office.pass(1);
    (void)service::resume_agents(scene.office.node(), stop.at("stop_id").get<std::string>(),
                                 "all_clear", by("alice"), scene.office.session());
    const auto held = [&](std::optional<Timestamp> to) {
      return scene.report({std::nullopt, to}).at("stops_in_force").at("count").get<int>();
    };
    CHECK(held(before) == 0);
    CHECK(held(during) == 1);
    CHECK(held(std::nullopt) == 0);
  }

  TEST_CASE("an approval of one's own request is counted as one that stands alone") {
    Scene scene;
    scene.add("alice", authority::Role::admin, {"actor:agent:reader"});
    const auto decision = scene.escalate();
    CHECK(code_of([&] { scene.answer(decision, "approved", 1); }) == ErrorCode::not_permitted);
    CHECK(scene.report().at("lone_approvals").at("count") == 0);
    CHECK(scene.report().at("who").at(0).at("refused").at("count") == 1);
    Scene single;
    single.office.write("node.yaml", "id: office\nroles: {four_eyes: single}\n");
    (void)service::activate(single.office.node(), std::nullopt, {}, single.office.session());
    single.add("alice", authority::Role::admin, {"actor:agent:reader"});
    single.add("olga", authority::Role::compliance_officer, {});
    single.answer(single.escalate(), "approved", 1);
    single.answer(single.escalate(), "approved", 1, "olga");
    const auto report = single.report();
    CHECK(report.at("lone_approvals").at("count") == 1);
    CHECK(report.at("acts").at("list").at(0).at("alone") == true);
    CHECK(report.at("acts").at("list").at(1).at("alone") == false);
    CHECK(report.at("lone_approvals").at("entries").at(0) ==
          report.at("acts").at("list").at(0).at("ledger_entry_id"));
  }

  TEST_CASE("an intervention is recorded with its words sealed, or nothing is") {
    Scene scene;
    scene.add("alice", authority::Role::admin, {});
    const auto document = scene.intervene(review, "alice");
    CHECK(document.at("actor") == "operator:alice");
    CHECK(scene.office.bodies().back().find("desk") == std::string::npos);
    const auto before = scene.office.entries();
    auto wanted = review;
    wanted.note.clear();
    CHECK(code_of([&] { (void)scene.intervene(wanted, "alice"); }) == ErrorCode::bad_input);
    wanted = review;
    wanted.decision_id = "dec_01JNX8A0000000000000000001";
    CHECK(code_of([&] { (void)scene.intervene(wanted, "alice"); }) == ErrorCode::not_found);
    CHECK(code_of([&] {
            (void)service::intervene(scene.office.node(), review, std::nullopt,
                                     scene.office.session());
          }) == ErrorCode::not_permitted);
    CHECK(scene.office.entries() == before);
  }

  TEST_CASE("a row of an intervention that is gone or altered is found, and made again") {
    for (const auto* change :
         {"DELETE FROM interventions", "UPDATE interventions SET operator = 'eve'",
          "UPDATE interventions SET role = 'executive'",
          "UPDATE interventions SET type = 'override'",
          "UPDATE interventions SET timestamp = '2020-01-01T00:00:00.000000Z'"}) {
      CAPTURE(change);
      Scene scene;
      scene.add("alice", authority::Role::admin, {});
      (void)scene.intervene(review, "alice");
      CHECK(scene.deep().verdict == ledger::Verdict::valid);
      scene.sql(change);
      CHECK(scene.deep().verdict == ledger::Verdict::invalid);
      CHECK(scene.report().at("who").at(0).at("actor") == "operator:alice");
      (void)service::rebuild(scene.office.node().files, scene.office.session().write);
      CHECK(scene.deep().verdict == ledger::Verdict::valid);
    }
  }
}

}  // namespace lexecon
