#include "service/overrides.hpp"

#include "bureau.hpp"
#include "ledger/reader.hpp"
#include "oversight/overrides.hpp"
#include "service/act.hpp"
#include "service/activate.hpp"
#include "service/decisions.hpp"
#include "service/rebuild.hpp"
#include "unit/ledger/node.hpp"

namespace lexecon {
namespace {

using authority::OverrideScope;
using service::OverrideState;
using test::Bureau;
using test::code_of;
using test::dropping;
using test::error_of;
using test::paying;
using test::reading;
using test::shipping;

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t day = 24 * hour;

Json with(Json request, const char* member, const Json& value) {
  request[member] = value;
  return request;
}

/// The ids of the overrides that a decision lists.
std::vector<std::string> listed(const service::Decision& decision) {
  std::vector<std::string> out;
  for (const auto& each : decision.data.at("facts").at("exceptions")) {
    out.push_back(each.at("override_id").get<std::string>());
  }
  return out;
}

service::Decision asked(Bureau& bureau, const Json& request) {
  bureau.office.pass(1);
  return bureau.office.decide(request);
}

TEST_SUITE("service/overrides") {
  TEST_CASE("an override of one decision gives it one token, and the verdict stays as it was") {
    Bureau bureau;
    const auto id = bureau.decide(dropping());
    CHECK(code_of([&] { (void)bureau.token(id); }) == ErrorCode::not_permitted);
    const auto made = bureau.make(Bureau::of(id));
    CHECK(made.made.made.exception.relations == std::vector<std::string>{"nobody-drops"});
    CHECK(made.made.justification == test::reason_enough);
    CHECK(made.made.original_outcome == "denied");
    CHECK(made.made.state == OverrideState::in_force);
    CHECK(made.revoked.empty());
    const auto issued = bureau.token(id);
    CHECK(issued.claims.decision_id == id);
    CHECK(code_of([&] { (void)bureau.token(id); }) == ErrorCode::not_permitted);
    const auto after = bureau.shown(made);
    CHECK(after.state == OverrideState::used);
    CHECK(after.ended_seq == issued.seq);
    CHECK(after.decisions == std::vector<std::string>{id});
    const auto decision = service::show_decision(bureau.office.node(), id, false);
    CHECK(decision.outcome == policy::Outcome::denied);
    // It lifts nothing for the next request.
    CHECK(asked(bureau, dropping()).outcome == policy::Outcome::denied);
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("what was escalated by a requirement is overridden as well") {
    Bureau bureau;
    const auto id = bureau.decide(paying());
    const auto made = bureau.make(Bureau::of(id));
    CHECK(made.made.made.exception.relations == std::vector<std::string>{"pay-needs-two"});
    (void)bureau.token(id);
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("without an end an override of one decision expires after approval_ttl") {
    Bureau bureau;
    const auto id = bureau.decide(shipping());
    const auto made = bureau.make(Bureau::of(id));
    const auto expires_at = made.made.made.exception.expires_at;
    REQUIRE(expires_at);
    CHECK(expires_at->micros == made.made.made.at.micros + day * 1'000'000);
    bureau.office.pass(day - 2);
    CHECK(bureau.shown(made).state == OverrideState::in_force);
    bureau.office.pass(2);
    CHECK(bureau.shown(made).state == OverrideState::expired);
    CHECK(code_of([&] { (void)bureau.token(id); }) == ErrorCode::not_permitted);
    // A clock that goes back brings it back neither: the ledger's time does not.
    (void)bureau.decide(reading());
    bureau.office.pass(-30);
    CHECK(code_of([&] { (void)bureau.token(id); }) == ErrorCode::not_permitted);
    CHECK(bureau.shown(made).state == OverrideState::expired);
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("an end by the calendar is right at the end of a month and in a leap year") {
    for (const auto& [from, until] :
         {std::pair("2027-01-31T12:00:00Z", "2027-02-28T12:00:00.000000Z"),
          std::pair("2028-01-31T12:00:00Z", "2028-02-29T12:00:00.000000Z"),
          std::pair("2028-02-29T23:59:59Z", "2028-03-29T23:59:59.000000Z"),
          std::pair("2027-10-31T00:30:00Z", "2027-11-30T00:30:00.000000Z")}) {
      CAPTURE(from);
      Bureau bureau;
      auto& session = bureau.office.session();
      session.now = parse_time(from).value();
      session.write.accept_clock = true;
      auto added = Bureau::of(bureau.office.decide(shipping()).data.at("decision_id"));
      added.expires_at = session.now + parse_span("1mo").value();
      const auto made =
          service::create_override(bureau.office.node(), added, bureau.by("bob"), session);
      CHECK(to_text(made.made.made.exception.expires_at.value()) == until);
      session.now = Timestamp{entry_time(until)->micros - 1};
      CHECK(bureau.shown(made).state == OverrideState::in_force);
      session.now = entry_time(until).value();
      CHECK(bureau.shown(made).state == OverrideState::expired);
    }
  }

  TEST_CASE("an override of several decisions is honoured and listed until it expires") {
    Bureau bureau;
    const auto request = with(with(dropping(), "data_classes", {"pii", "money"}), "tool", "psql");
    const auto id = bureau.decide(request);
    const auto made = bureau.make(bureau.several(id, hour));
    const auto& name = made.made.made.id();
    const auto again = asked(bureau, request);
    CHECK(again.outcome == policy::Outcome::approved);
    CHECK(again.token.has_value());
    CHECK(listed(again) == std::vector<std::string>{name});
    // What is asked for less is covered; anything else is not.
    CHECK(asked(bureau, with(request, "data_classes", {"pii"})).outcome ==
          policy::Outcome::approved);
    for (const auto& other :
         {with(request, "data_classes", {"pii", "money", "health"}),
          with(request, "actor", "agent:writer"), with(request, "resource", "db:other"),
          with(request, "tool", "mysql"), with(request, "tenant", "acme"), dropping()}) {
      CAPTURE(other.dump());
      const auto decision = asked(bureau, other);
      CHECK(decision.outcome == policy::Outcome::denied);
      CHECK(listed(decision).empty());
    }
    bureau.office.session().now = Timestamp{made.made.made.exception.expires_at->micros - 1};
    CHECK(bureau.office.decide(request).outcome == policy::Outcome::approved);
    bureau.office.session().now = *made.made.made.exception.expires_at;
    const auto late = bureau.office.decide(request);
    CHECK(late.outcome == policy::Outcome::denied);
    CHECK(listed(late).empty());
    CHECK(bureau.shown(made).decisions.size() == 3);
    CHECK(bureau.shown(made).state == OverrideState::expired);
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("a token issued later rests on the exceptions that are in force then") {
    Bureau bureau;
    const auto made = bureau.make(bureau.several(bureau.decide(dropping()), hour));
    const auto id = bureau.decide(dropping(), {.with_token = false});
    (void)bureau.token(id);
    CHECK(bureau.shown(made).decisions == std::vector<std::string>{id});
    const auto late = bureau.decide(dropping(), {.with_token = false});
    bureau.office.pass(hour);
    CHECK(code_of([&] { (void)bureau.token(late); }) == ErrorCode::not_permitted);
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("several exceptions are listed in the order in which they were made") {
    Bureau bureau;
    std::vector<std::string> names;
    const auto id = bureau.decide(dropping());
    for (int i = 0; i < 3; ++i) {
      names.push_back(bureau.make(bureau.several(id, hour)).made.made.id());
    }
    CHECK(listed(asked(bureau, dropping())) == names);
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("a denial revokes the tokens of the decision, until somebody approves again") {
    Bureau bureau;
    const auto id = bureau.decide(reading());
    const auto denied = bureau.make(Bureau::denial(id));
    REQUIRE(denied.revoked.size() == 1);
    CHECK(denied.made.made.exception.relations.empty());
    CHECK_FALSE(denied.made.made.exception.expires_at);
    CHECK(denied.made.state == OverrideState::in_force);
    CHECK(code_of([&] { (void)bureau.token(id); }) == ErrorCode::not_permitted);
    CHECK(code_of([&] { bureau.make(Bureau::denial(id)); }) == ErrorCode::bad_input);
    bureau.make(Bureau::of(id));
    CHECK(bureau.shown(denied).state == OverrideState::revoked);
    (void)bureau.token(id);
    // Only tokens that still live are revoked.
    bureau.office.pass(day);
    CHECK(bureau.make(Bureau::denial(id)).revoked.empty());
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("a denial ends what an override of several decisions lifted") {
    Bureau bureau;
    const auto id = bureau.decide(dropping());
    const auto made = bureau.make(bureau.several(id, hour));
    CHECK(asked(bureau, dropping()).outcome == policy::Outcome::approved);
    const auto denied = bureau.make(Bureau::denial(id));
    CHECK(bureau.shown(made).state == OverrideState::revoked);
    CHECK(bureau.shown(made).ended_seq == denied.made.made.seq);
    CHECK(asked(bureau, dropping()).outcome == policy::Outcome::denied);
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("a permanent change of policy lifts nothing by itself") {
    Bureau bureau;
    const auto id = bureau.decide(with(reading(), "action", "write"));  // nothing permits it
    auto added = Bureau::of(id);
    added.scope = OverrideScope::permanent_policy_change;
    const auto made = bureau.make(added);
    CHECK(made.made.state == OverrideState::waiting);
    CHECK(made.made.made.exception.relations.empty());
    CHECK_FALSE(made.made.made.exception.expires_at);
    CHECK(code_of([&] { (void)bureau.token(id); }) == ErrorCode::not_permitted);
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("what no override lifts is refused with what to do instead") {
    Bureau bureau;
    const auto write = bureau.decide(with(reading(), "action", "write"));
    const auto dropped = bureau.decide(dropping());
    const auto read = bureau.decide(reading());
    const auto several = bureau.several(dropped, hour);
    const auto refused = [&](const service::NewOverride& added, const std::string& message) {
      const auto error = error_of([&] { bureau.make(added); });
      CHECK(error.code() == ErrorCode::bad_input);
      CHECK_MESSAGE(error.message().find(message) != std::string::npos, error.message());
    };
    const auto changed = [](service::NewOverride added, const auto& change) {
      change(added);
      return added;
    };
    refused(Bureau::of(write), "not_permitted, which no override lifts");
    refused(Bureau::of(read), "approved already");
    refused(Bureau::denial(dropped), "denied already");
    refused(changed(Bureau::of(dropped),
                    [](auto& it) { it.justification = "  nineteen characters  "; }),
            "at least 20 characters, got 19");
    refused(changed(Bureau::of(dropped), [](auto& it) { it.relations = {"nobody"}; }),
            "no relation `nobody`");
    refused(changed(Bureau::of(dropped), [](auto& it) { it.relations = {"agents-drop"}; }),
            "permits");
    refused(changed(Bureau::of(dropped), [](auto& it) { it.relations = {"ship-needs-ticket"}; }),
            "denied (forbidden)");
    refused(changed(several, [](auto& it) { it.expires_at.reset(); }), "says when it ends");
    refused(changed(several, [&](auto& it) { it.expires_at = bureau.now(); }), "which is over");
    refused(changed(several, [](auto& it) { it.approves = false; }), "denies one decision");
    refused(changed(Bureau::of(dropped),
                    [](auto& it) {
                      it.scope = OverrideScope::permanent_policy_change;
                      it.expires_at = Timestamp{4'000'000'000'000'000};
                    }),
            "does not expire");
    CHECK(code_of([&] { bureau.make(Bureau::of("dec_01JNX8A0000000000000000009")); }) ==
          ErrorCode::not_found);
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("only who may sign overrides, and never what is his own") {
    Bureau bureau;
    const auto id = bureau.decide(dropping());
    const auto refused = [&](const std::string& decision, const char* name) {
      return error_of([&] { bureau.make(Bureau::of(decision), name); }).where();
    };
    CHECK(refused(id, "vic") == "insufficient_role");
    CHECK(error_of([&] {
            (void)service::create_override(bureau.office.node(), Bureau::of(id), std::nullopt,
                                           bureau.office.session());
          }).code() == ErrorCode::not_permitted);
    // What another operator's key signed is not bob's.
    auto stolen = bureau.by("bob");
    stolen.sign = bureau.by("vic").sign;
    CHECK(code_of([&] {
            (void)service::create_override(bureau.office.node(), Bureau::of(id), stolen,
                                           bureau.office.session());
          }) == ErrorCode::not_permitted);
    CHECK(refused(id, "olga") == "own_request");
    CHECK(bureau.deep() == "valid");
  }

  TEST_CASE("a row that somebody wrote lifts nothing, and one that is gone lifts nothing") {
    const auto tampered = [](const std::string& sql) {
      Bureau bureau;
      const auto made = bureau.make(bureau.several(bureau.decide(dropping()), hour));
      auto database =
          store::Database(bureau.office.node().files.database(), store::OpenMode::read_write);
      database.execute(sql);
      bureau.office.pass(2);
      (void)made;
      return code_of([&] {
        if (bureau.office.decide(dropping()).outcome == policy::Outcome::approved) {
          throw Error(ErrorCode::internal, "lifted");
        }
      });
    };
    CHECK(tampered("SELECT 1") == ErrorCode::internal);
    CHECK_FALSE(tampered("DELETE FROM overrides"));
    CHECK_FALSE(tampered("UPDATE overrides SET scope = 'single_decision'"));
    CHECK(tampered("UPDATE overrides SET expires_at = '2099-01-01T00:00:00.000000Z'") ==
          ErrorCode::integrity);
    CHECK(tampered(R"(UPDATE overrides SET relations = '["x"]')") == ErrorCode::integrity);
    CHECK(tampered("UPDATE overrides SET seq = 1") == ErrorCode::integrity);
    CHECK(
        tampered("INSERT INTO overrides SELECT 2, override_id, decision_id, type, scope, "
                 "new_outcome, relations, expires_at, operator, timestamp, NULL FROM overrides") ==
        ErrorCode::integrity);
  }

  TEST_CASE("rows made again are the rows that were there") {
    Bureau bureau;
    const auto id = bureau.decide(dropping());
    bureau.make(bureau.several(id, hour));
    bureau.make(Bureau::denial(id));
    const auto before = bureau.office.projections();
    (void)service::rebuild(bureau.office.node().files, bureau.office.session().write);
    CHECK(bureau.office.projections() == before);
    CHECK(std::count_if(before.begin(), before.end(),
                        [](const std::string& row) { return row.starts_with("overrides|"); }) == 2);
  }

  TEST_CASE("overrides are listed by what they are") {
    Bureau bureau;
    const auto first = bureau.decide(dropping());
    const auto second = bureau.decide(shipping());
    bureau.make(bureau.several(first, hour));
    auto other = Bureau::of(second);
    other.type = "human_review";
    bureau.make(other, "ann");
    const auto count = [&](const service::OverrideFilter& filter) {
      return service::list_overrides(bureau.office.node(), filter, bureau.now()).size();
    };
    CHECK(count({}) == 2);
    CHECK(count({.type = "human_review"}) == 1);
    CHECK(count({.scope = OverrideScope::multiple_decisions}) == 1);
    CHECK(count({.decision_id = first}) == 1);
    CHECK(count({.actor = "operator:ann"}) == 1);
    CHECK(count({.from = bureau.now()}) == 1);
    CHECK(count({.to = bureau.now()}) == 1);
    CHECK(count({.limit = 1}) == 1);
    CHECK(count({.in_force = true}) == 2);
    (void)bureau.token(second);
    CHECK(count({.in_force = true}) == 1);
    const auto reversed =
        service::list_overrides(bureau.office.node(), {.reverse = true}, bureau.now());
    CHECK(reversed.front().made.decision_id == second);
  }
}

}  // namespace
}  // namespace lexecon
