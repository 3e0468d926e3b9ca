#include "service/escalations.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "decision/record.hpp"
#include "service/activate.hpp"
#include "service/decisions.hpp"
#include "service/escalation_case.hpp"
#include "service/rebuild.hpp"
#include "service/standing.hpp"
#include "support/sshsig.hpp"
#include "unit/service/office.hpp"

using namespace lexecon;
using test::code_of;
using test::Office;

namespace {

constexpr std::int64_t hour = 3'600;

/// An office in which one payment waits for a person; its priority is medium, for nothing was scored.
struct Waiting {
  explicit Waiting(const Json& request = test::paying()) : decision(office.decide(request)) {
    id = decision.escalation_id.value();
  }

  void add_operator(const std::string& name, const std::string& role, const Json& actors) {
    append("operator.added", {{"actors", actors},
                              {"operator", name},
                              {"public_key", test::ssh_signer(false).text()},
                              {"role", role}});
  }
  void append(const std::string& event_type, Json data) {
    service::Act act(office.node(), office.session());
    act.append({.event_type = event_type,
                .actor = "node:office",
                .data = std::move(data),
                .sealed = std::nullopt});
    (void)act.commit();
  }
  void answer(const std::string& outcome) {
    append("escalation.resolved", {{"decision_id", decision.data.at("decision_id")},
                                   {"escalation_id", id},
                                   {"expires_at", to_text(office.session().now)},
                                   {"outcome", outcome}});
  }
  Json ack(const std::optional<std::string>& assignee = std::nullopt) {
    return service::acknowledge_escalation(office.node(), id, assignee, office.session());
  }
  Json raise(decision::Priority priority) {
    return service::raise_escalation(office.node(), id, priority, office.session());
  }
  Json sla(bool record = true) {
    return service::escalation_sla(office.node(), record, office.session());
  }
  Json show() { return service::escalation_case(office.node(), id, office.session().now); }
  std::vector<std::string> listed(const service::EscalationFilter& filter) {
    std::vector<std::string> out;
    service::each_escalation(office.node(), filter, office.session().now, [&](const Json& each) {
      out.push_back(each.at("escalation_id").get<std::string>());
    });
    return out;
  }
  std::vector<std::string> events_of(const Json& change) {
    std::vector<std::string> out;
    for (const auto& each : change.at("entries")) {
      out.push_back(each.at("event_type").get<std::string>());
    }
    return out;
  }

  Office office;
  service::Decision decision;
  std::string id;
};

using Events = std::vector<std::string>;

}  // namespace

TEST_SUITE("service/escalations") {
  TEST_CASE("what nobody takes up in time is overdue from its last second on, and recorded once") {
    Waiting waiting;
    waiting.office.pass(24 * hour - 1);
    auto sla = waiting.sla();
    CHECK(sla.at("overdue") == 0);
    CHECK(sla.at("escalations").at(0).at("seconds_left") == 1);
    const auto before = waiting.office.entries();
    waiting.office.pass(1);
    CHECK(waiting.sla(false).at("overdue") == 1);
    CHECK(waiting.office.entries() == before);
    sla = waiting.sla();
    CHECK(sla.at("overdue") == 1);
    CHECK(sla.at("recorded") == 1);
    const auto& overdue = sla.at("escalations").at(0);
    CHECK(overdue.at("breached_entry_id") == "entry_" + std::to_string(before));
    CHECK(overdue.at("seconds_left") == 0);
    CHECK(waiting.office.entries() == before + 1);
    waiting.office.pass(400 * 24 * hour);
    CHECK(waiting.sla().at("recorded") == 0);
    CHECK(waiting.office.entries() == before + 1);
    const auto id = waiting.decision.data.at("decision_id").get<std::string>();
    CHECK(service::standing(waiting.office.node(), id, waiting.office.session().now).waiting);
    CHECK(waiting.office.verified() == "valid");
  }

  TEST_CASE("an act on an overdue escalation records the breach before it") {
    Waiting waiting;
    waiting.office.pass(25 * hour);
    const auto acknowledged = waiting.ack();
    CHECK(waiting.events_of(acknowledged) ==
          Events{"escalation.breached", "escalation.acknowledged"});
    CHECK(acknowledged.at("escalation").at("overdue") == true);
    CHECK(waiting.events_of(waiting.raise(decision::Priority::high)) ==
          Events{"escalation.raised"});
    CHECK(waiting.office.verified() == "valid");
  }

  TEST_CASE("a clock that went back records nothing before the last entry") {
    Waiting waiting;
    waiting.office.pass(24 * hour);
    (void)waiting.office.decide(test::reading());
    waiting.office.pass(-20 * hour);
    const auto now = waiting.office.session().now;
    CHECK(waiting.sla(false).at("overdue") == 1);
    CHECK(waiting.sla(false).at("at") > to_text(now));
  }

  TEST_CASE("raised it is due sooner, and never lowered") {
    Waiting waiting;
    const auto due = [&] {
      return waiting.show().at("escalation").at("due_at").get<std::string>();
    };
    CHECK(due() == "2026-01-02T00:00:00.000000Z");
    waiting.office.pass(hour);
    (void)waiting.raise(decision::Priority::critical);
    CHECK(due() == "2026-01-01T02:00:00.000000Z");
    for (const auto priority : {decision::Priority::low, decision::Priority::critical}) {
      CHECK(code_of([&] { (void)waiting.raise(priority); }) == ErrorCode::bad_input);
    }
    CHECK(due() == "2026-01-01T02:00:00.000000Z");
  }

  TEST_CASE("it is acknowledged once, and assigned to those who may answer") {
    Waiting waiting;
    CHECK(code_of([&] { (void)waiting.ack("ann"); }) == ErrorCode::not_found);
    waiting.add_operator("ann", "admin", Json::array());
    CHECK(waiting.ack().at("escalation").at("state") == "in_progress");
    CHECK(code_of([&] { (void)waiting.ack(); }) == ErrorCode::bad_input);
    CHECK(waiting.ack("ann").at("escalation").at("assigned_to") == "ann");
    CHECK(code_of([&] { (void)waiting.ack("ann"); }) == ErrorCode::bad_input);
    CHECK(code_of([&] { (void)waiting.ack("bob"); }) == ErrorCode::not_found);
    CHECK(waiting.events_of(waiting.raise(decision::Priority::high)) ==
          Events{"escalation.raised"});
  }

  TEST_CASE("assigning takes it up") {
    Waiting waiting;
    waiting.add_operator("ann", "admin", Json::array());
    const auto assigned = waiting.ack("ann");
    CHECK(assigned.at("escalation").at("state") == "in_progress");
    CHECK(waiting.events_of(assigned) == Events{"escalation.assigned"});
    CHECK(code_of([&] { (void)waiting.ack(); }) == ErrorCode::bad_input);
  }

  TEST_CASE("who speaks for the actor or its owner, or has too small a role, is assigned nothing") {
    for (const auto& [role, actors] :
         {std::pair<std::string, Json>{"admin", {"actor:agent:reader"}},
          {"admin", {"actor:human:olga"}},
          {"auditor", Json::array()},
          {"viewer", Json::array()}}) {
      CAPTURE(role);
      Waiting waiting({{"actor", "actor:agent:reader"}, {"action", "action:pay"}});
      waiting.add_operator("ann", role, actors);
      CHECK(code_of([&] { (void)waiting.ack("ann"); }) == ErrorCode::not_permitted);
      const auto operators = waiting.show().at("operators");
      CHECK(operators.at("may").empty());
      CHECK(operators.at("may_not").at(0).at("operator") == "ann");
    }
  }

  TEST_CASE("what is closed takes no step") {
    for (const auto* outcome : {"approved", "denied"}) {
      Waiting waiting;
      waiting.add_operator("ann", "admin", Json::array());
      waiting.answer(outcome);
      const auto before = waiting.office.entries();
      waiting.office.pass(1000 * hour);
      CHECK(code_of([&] { (void)waiting.ack(); }) == ErrorCode::bad_input);
      CHECK(code_of([&] { (void)waiting.ack("ann"); }) == ErrorCode::bad_input);
      CHECK(code_of([&] { (void)waiting.raise(decision::Priority::critical); }) ==
            ErrorCode::bad_input);
      const auto sla = waiting.sla();
      CHECK(sla.at("open") == 0);
      CHECK(sla.at("recorded") == 0);
      CHECK(waiting.office.entries() == before);
      const auto shown = waiting.show();
      CHECK(shown.at("commands").is_null());
      CHECK(shown.at("escalation").at("resolution") == outcome);
      CHECK(shown.at("escalation").at("seconds_left").is_null());
    }
  }

  TEST_CASE("handed up it takes the next role, deferred it is open, and then it may fail") {
    Waiting waiting;
    waiting.add_operator("ann", "compliance_officer", Json::array());
    CHECK(waiting.show().at("operators").at("may") == Json{"ann"});
    waiting.answer("escalated_up");
    auto escalation = waiting.show().at("escalation");
    CHECK(escalation.at("state") == "awaiting_approval");
    CHECK(escalation.at("answer_takes") == "admin");
    CHECK(waiting.show().at("operators").at("may").empty());
    waiting.answer("deferred");
    escalation = waiting.show().at("escalation");
    CHECK(escalation.at("state") == "in_progress");
    CHECK(escalation.at("answer_takes") == "admin");
    waiting.answer("escalated_up");
    waiting.append("escalation.failed", {{"decision_id", waiting.decision.data.at("decision_id")},
                                         {"escalation_id", waiting.id}});
    CHECK(waiting.show().at("escalation").at("state") == "failed");
  }

  TEST_CASE("later settings move no deadline") {
    Waiting waiting;
    waiting.office.write("node.yaml", "id: office\nescalations: {sla: {medium: 1mo, low: 3mo}}\n");
    (void)service::activate(waiting.office.node(), std::nullopt, {}, waiting.office.session());
    const auto second = waiting.office.decide(test::paying());
    std::vector<std::string> due;
    service::each_escalation(waiting.office.node(), {}, waiting.office.session().now,
                             [&](const Json& each) { due.push_back(each.at("due_at")); });
    CHECK(due ==
          std::vector<std::string>{"2026-01-02T00:00:00.000000Z", "2026-02-01T00:00:00.000000Z"});
  }

  TEST_CASE("lists are filtered") {
    Waiting waiting;
    waiting.add_operator("ann", "admin", Json::array());
    waiting.office.pass(2 * hour);
    const auto second = waiting.office.decide(
        {{"actor", "actor:agent:other"}, {"action", "action:pay"}, {"tenant", "acme"}});
    const Events both{waiting.id, second.escalation_id.value()};
    const Events first{both[0]};
    const Events other{both[1]};
    (void)waiting.ack("ann");
    service::EscalationFilter filter;
    CHECK(waiting.listed(filter) == both);
    filter.limit = 1;
    filter.reverse = true;
    CHECK(waiting.listed(filter) == other);
    filter = {};
    filter.state = authority::EscalationState::pending;
    CHECK(waiting.listed(filter) == other);
    filter = {};
    filter.assigned_to = "ann";
    CHECK(waiting.listed(filter) == first);
    filter = {};
    filter.tenant = "acme";
    CHECK(waiting.listed(filter) == other);
    filter = {};
    filter.actor = "actor:agent:other";
    CHECK(waiting.listed(filter) == other);
    filter = {};
    filter.from = waiting.office.session().now;
    CHECK(waiting.listed(filter) == other);
    filter = {};
    filter.to = waiting.office.session().now;
    CHECK(waiting.listed(filter) == first);
    filter = {};
    filter.priority = decision::Priority::high;
    CHECK(waiting.listed(filter).empty());
    filter = {};
    filter.overdue = true;
    CHECK(waiting.listed(filter).empty());
    waiting.office.pass(22 * hour);
    CHECK(waiting.listed(filter) == first);
  }

  TEST_CASE("what is shown is what was asked, why, and what became of the like") {
    Office office;
    auto request = test::paying();
    request["intent"] = "pay the bill";
    request["context"] = {{"amount", 5}};
    const auto earlier = office.decide(request);
    Waiting waiting(request);
    const auto again = waiting.office.decide(request);
    const auto shown = waiting.show();
    CHECK(shown.at("request").at("intent") == "pay the bill");
    CHECK(shown.at("request").at("context").at("amount") == 5);
    CHECK(shown.at("why").at("unmet") == Json{"two_people"});
    const auto& like = shown.at("like");
    CHECK(like.at("considered") == 1);
    CHECK(like.at("approved") == 0);
    CHECK(like.at("decisions").at(0).at("decision_id") == again.data.at("decision_id"));
    CHECK(like.at("decisions").at(0).at("became") == "pending");
    CHECK(like.at("decisions").at(0).at("token") == "none");
    CHECK(shown.at("yes").at("uses") == 1);
    CHECK(shown.at("yes").at("usable_until") == "2026-01-02T00:00:00.000000Z");
    CHECK(shown.at("commands").at("approve").get<std::string>().find(waiting.id) !=
          std::string::npos);
    const auto by_decision = service::escalation_case(
        waiting.office.node(), waiting.decision.data.at("decision_id").get<std::string>(),
        waiting.office.session().now);
    CHECK(by_decision == shown);
    {
      store::Database database(waiting.office.node().files.database(), store::OpenMode::read_write);
      database.execute("DELETE FROM sealed WHERE seq = " + std::to_string(*waiting.decision.seq));
    }
    CHECK(waiting.show().at("request").is_null());
  }

  TEST_CASE("nothing is shown for what is not there") {
    Waiting waiting;
    const auto show = [&](const std::string& id) {
      return code_of([&] { (void)service::escalation_case(waiting.office.node(), id, {}); });
    };
    const auto read = waiting.office.decide(test::reading());
    CHECK(show("esc_x") == ErrorCode::bad_input);
    CHECK(show("payment") == ErrorCode::bad_input);
    CHECK(show("dec_01JNX8A0000000000000000009") == ErrorCode::not_found);
    CHECK(show("esc_dec_01JNX8A0000000000000000009_00000000") == ErrorCode::not_found);
    CHECK(show(read.data.at("decision_id").get<std::string>()) == ErrorCode::not_found);
  }

  TEST_CASE("an edited row answers nobody, and rebuilding makes the rows again") {
    Waiting waiting;
    waiting.add_operator("ann", "admin", Json::array());
    waiting.office.pass(25 * hour);
    (void)waiting.ack("ann");
    (void)waiting.raise(decision::Priority::critical);
    const auto rows = waiting.office.projections();
    for (const auto* change :
         {"state = 'pending'", "priority = 'low'", "assigned_to = NULL", "assigned_to = 'bob'",
          "breached_seq = NULL", "breached_seq = 3", "outcome = 'approved'", "resolved_seq = 3",
          "expires_at = created_at", "reasons = '[]'",
          "created_at = '2027-01-01T00:00:00.000000Z'"}) {
      CAPTURE(change);
      {
        store::Database database(waiting.office.node().files.database(),
                                 store::OpenMode::read_write);
        database.execute(std::string("UPDATE escalations SET ") + change);
      }
      const auto before = waiting.office.entries();
      CHECK(code_of([&] { (void)waiting.show(); }) == ErrorCode::integrity);
      CHECK(code_of([&] { (void)waiting.listed({}); }) == ErrorCode::integrity);
      CHECK(code_of([&] { (void)waiting.sla(); }) == ErrorCode::integrity);
      CHECK(code_of([&] { (void)waiting.raise(decision::Priority::critical); }) ==
            ErrorCode::integrity);
      CHECK(waiting.office.entries() == before);
      (void)service::rebuild(waiting.office.node().files, waiting.office.session().write);
      CHECK(waiting.office.projections() == rows);
    }
  }
}
