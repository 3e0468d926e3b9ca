#include "service/responsibilities.hpp"

#include <doctest/doctest.h>

#include "service/operators.hpp"
#include "service/rebuild.hpp"
#include "service/verify.hpp"
#include "support/sshsig.hpp"
#include "unit/service/office.hpp"

using namespace lexecon;
using authority::Assignment;
using test::code_of;
using test::Office;

namespace {

constexpr std::int64_t day = 86'400;
constexpr auto refused = ErrorCode::bad_input;

/// An office in which ann is an operator and two decisions were made, one of them by an agent.
struct Desk {
  Desk() {
    office.pass(1);
    (void)service::add_operator(office.node(),
                                {.id = "ann",
                                 .public_key = test::ssh_signer(false).text(),
                                 .role = authority::Role::admin,
                                 .actors = {}},
                                std::nullopt, office.session());
    office.pass(1);
    decision = id_of(office.decide(test::reading()));
    other = id_of(office.decide(test::dropping()));
    office.pass(1);
  }

  static std::string id_of(const service::Decision& each) {
    return each.data.at("decision_id").get<std::string>();
  }
  [[nodiscard]] Assignment by(const std::string& responsible) const {
    return {.id = {},
            .decision_id = decision,
            .responsible = responsible,
            .maker = "human_operator",
            .level = "full"};
  }
  [[nodiscard]] Assignment due(const std::string& responsible, std::int64_t seconds) {
    auto out = by(responsible);
    out.review_due = Timestamp{office.session().now.micros + seconds * 1'000'000};
    return out;
  }
  static service::Signatory ann() {
    return {"ann", [](std::string_view message, const std::string& /*key*/) {
              return test::sshsig(test::ssh_key(), message);
            }};
  }
  Json assign(const Assignment& assignment,
              const std::optional<service::Signatory>& signatory = std::nullopt,
              const std::optional<std::string>& reasoning = std::nullopt) {
    return service::assign_responsibility(office.node(), assignment, reasoning, signatory,
                                          office.session());
  }
  [[nodiscard]] Json show() {
    return service::show_responsibility(office.node(), decision, office.session().now);
  }
  service::ResponsibilityList list(const service::ResponsibilityFilter& filter = {}) {
    return service::list_responsibilities(office.node(), filter, office.session().now);
  }
  std::size_t due_within(Span span = {}) { return list({.due_within = span}).assignments.size(); }
  Json report(std::optional<Timestamp> from = {}, std::optional<Timestamp> to = {}) {
    return service::report_responsibilities(office.node(), from, to, office.session().now);
  }
  [[nodiscard]] std::string deep() {
    const auto found = service::verify_ledger(office.node().files,
                                              {.state_home = office.session().write.state_home,
                                               .pins = {},
                                               .older_notes = {},
                                               .skip = {}},
                                              service::Depth::all);
    for (const auto& check : found.checks) {
      if (check.status == ledger::CheckStatus::fail) return check.name;
    }
    return found.verdict == ledger::Verdict::valid ? "valid" : "undecided";
  }

  Office office;
  std::string decision;
  std::string other;
};

}  // namespace

TEST_SUITE("service/responsibilities") {
  TEST_CASE("the newest assignment is in force, and those before it stay to be seen") {
    Desk desk;
    const auto first = desk.assign(desk.by("actor:human:bob"), std::nullopt, "he was on duty");
    CHECK(first.at("in_force") == true);
    CHECK(first.at("signed_by").is_null());
    auto liable = desk.by("operator:ann");
    liable.liability_accepted = true;
    liable.confidence = 100;
    desk.office.pass(1);
    const auto second = desk.assign(liable, Desk::ann(), "my decision");
    CHECK(second.at("signed_by") == "ann");
    CHECK(second.at("actor") == "operator:ann");
    const auto shown = desk.show();
    CHECK(shown.at("recorded") == Json{{"level", "automated"}, {"maker", "ai_system"}});
    REQUIRE(shown.at("assignments").size() == 2);
    CHECK(shown.at("assignments").at(0).at("in_force") == false);
    CHECK(shown.at("assignments").at(0).at("reasoning") == "he was on duty");
    CHECK(shown.at("assignments").at(1) == second);
    CHECK(desk.deep() == "valid");
  }

  TEST_CASE("what no assignment may say is refused before anybody signs, and leaves nothing") {
    Desk desk;
    const auto before = desk.office.bodies();
    const service::Signatory unasked{"ann",
                                     [](std::string_view, const std::string&) -> std::string {
                                       throw Error(ErrorCode::internal, "asked to sign");
                                     }};
    auto liable = desk.by("actor:human:bob");
    liable.liability_accepted = true;
    CHECK(code_of([&] { desk.assign(liable, unasked); }) == refused);
    liable.responsible = "operator:ann";
    CHECK(code_of([&] { desk.assign(liable); }) == refused);
    CHECK(code_of([&] { desk.assign(desk.by("operator:eve"), unasked); }) == refused);
    CHECK(code_of([&] { desk.assign(desk.due("operator:ann", 0), unasked); }) == refused);
    auto unknown = desk.by("operator:ann");
    unknown.decision_id = "dec_01JNX8A0000000000000000001";
    CHECK(code_of([&] { desk.assign(unknown, unasked); }) == ErrorCode::not_found);
    for (const auto& reasoning : {std::string(), std::string("\xff"), std::string(65'537, 'x')}) {
      CHECK(code_of([&] { desk.assign(desk.by("operator:ann"), unasked, reasoning); }) == refused);
    }
    CHECK(desk.office.bodies() == before);
  }

  TEST_CASE("a review that a long signature outlived is not to come, and is refused") {
    Desk desk;
    const auto before = desk.office.entries();
    const service::Signatory slow{"ann", [&](std::string_view message, const std::string&) {
                                    desk.office.pass(60);
                                    return test::sshsig(test::ssh_key(), message);
                                  }};
    CHECK(code_of([&] { desk.assign(desk.due("operator:ann", 60), slow); }) == refused);
    CHECK(desk.office.entries() == before);
  }

  TEST_CASE("a review is overdue from its time on, until somebody answers anew") {
    Desk desk;
    desk.assign(desk.due("operator:ann", 30 * day));
    desk.office.pass(30 * day - 1);
    CHECK(desk.due_within() == 0);
    CHECK(desk.due_within({.months = 0, .micros = 1'000'000}) == 1);
    CHECK_FALSE(desk.list({.due_within = Span{.months = 1}}).overdue);
    CHECK_FALSE(desk.list().overdue);
    desk.office.pass(1);
    CHECK(desk.due_within() == 1);
    const auto due = desk.list({.due_within = Span{}, .limit = 1});
    CHECK(due.overdue);
    CHECK(due.assignments.at(0).at("overdue") == true);
    CHECK(desk.report().at("overdue_reviews").at("count") == 1);
    desk.assign(desk.by("actor:human:bob"));
    CHECK(desk.due_within() == 0);
    CHECK(desk.show().at("assignments").at(0).at("overdue") == false);
    CHECK(desk.report().at("overdue_reviews").at("count") == 0);
  }

  TEST_CASE("a clock that went back makes no review undue") {
    Desk desk;
    desk.assign(desk.due("operator:ann", day));
    desk.office.pass(day);
    (void)desk.office.decide(test::reading());
    desk.office.pass(-2 * day);
    CHECK(desk.due_within() == 1);
    CHECK(desk.report().at("overdue_reviews").at("count") == 1);
    CHECK(desk.show().at("assignments").at(0).at("overdue") == true);
  }

  TEST_CASE("a span ends in the month it leads to, also where that is February") {
    Desk desk;
    const auto start = parse_time("2027-10-31T23:59:59Z").value();
    desk.office.session().now = start;
    auto quarter = desk.by("operator:ann");
    quarter.review_due = start + parse_span("4mo").value();
    desk.assign(quarter);
    desk.office.session().now = parse_time("2028-02-29T23:59:58Z").value();
    CHECK(desk.due_within() == 0);
    desk.office.pass(1);
    CHECK(desk.due_within() == 1);
  }

  TEST_CASE("a list keeps to its filters, and its limit hides nothing overdue") {
    Desk desk;
    desk.assign(desk.due("operator:ann", day));
    auto automated = desk.by("actor:ai_agent:x");
    automated.decision_id = desk.other;
    automated.maker = "ai_system";
    automated.level = "automated";
    desk.office.pass(1);
    desk.assign(automated);
    const auto count = [&](const service::ResponsibilityFilter& filter) {
      return desk.list(filter).assignments.size();
    };
    CHECK(count({}) == 2);
    CHECK(count({.decision_id = desk.other}) == 1);
    CHECK(count({.responsible = "operator:ann"}) == 1);
    CHECK(count({.maker = "ai_system"}) == 1);
    CHECK(count({.level = "shared"}) == 0);
    CHECK(count({.from = desk.office.session().now}) == 1);
    CHECK(count({.to = desk.office.session().now}) == 1);
    CHECK(desk.list({.reverse = true}).assignments.at(0).at("maker") == "ai_system");
    desk.office.pass(day);
    const auto newest = desk.list({.limit = 1, .reverse = true});
    CHECK(newest.assignments.at(0).at("overdue") == false);
    CHECK(newest.overdue);
    CHECK(code_of([&] { (void)desk.list({.decision_id = "dec_01JNX8A0000000000000000001"}); }) ==
          ErrorCode::not_found);
  }

  TEST_CASE("the report counts entries, and says for how many decisions no human is on record") {
    Desk desk;
    const auto start = desk.office.session().now;
    const auto without = [&] {
      std::size_t count = 0;
      const auto report = desk.report();
      for (const auto& level : report.at("risk_levels")) {
        const auto& figure = level.at("without_human");
        CHECK(figure.at("count") == figure.at("entry_ids").size());
        count += figure.at("entry_ids").size();
      }
      return count;
    };
    CHECK(without() == 2);
    desk.assign(desk.by("actor:ai_agent:x"));
    CHECK(without() == 2);
    auto liable = desk.by("operator:ann");
    liable.liability_accepted = true;
    const auto entry = desk.assign(liable, Desk::ann()).at("ledger_entry_id");
    CHECK(without() == 1);
    auto asked = test::reading();
    asked["actor"] = "human:bob";
    desk.office.pass(1);
    (void)desk.office.decide(asked);
    CHECK(without() == 1);
    const auto report = desk.report();
    CHECK(report.at("assignments").at("count") == 2);
    CHECK(report.at("signed").at("entry_ids") == Json::array({entry}));
    CHECK(report.at("unsigned").at("count") == 1);
    CHECK(report.at("liability_accepted").at("entry_ids") == Json::array({entry}));
    CHECK(report.at("makers").at(0).at("maker") == "human_operator");
    CHECK(report.at("makers").at(0).at("count") == 2);
    CHECK(report.at("responsible").size() == 2);
    CHECK(desk.report(std::nullopt, start).at("assignments").at("count") == 0);
    CHECK(desk.report(desk.office.session().now).at("assignments").at("count") == 0);
    CHECK(desk.report(desk.office.session().now).at("risk_levels").size() == 1);
  }

  TEST_CASE("rows are rebuilt the same, and one that was altered is found and believed by nobody") {
    Desk desk;
    desk.assign(desk.due("operator:ann", day), Desk::ann(), "why");
    const auto before = desk.office.projections();
    (void)service::rebuild(desk.office.node().files, desk.office.session().write);
    CHECK(desk.office.projections() == before);
    const auto shown = desk.show();
    {
      store::Database database(desk.office.node().files.database(), store::OpenMode::read_write);
      database.execute("UPDATE responsibilities SET responsible = 'actor:eve', review_due = NULL");
    }
    CHECK(desk.show() == shown);
    CHECK(desk.deep() == "projections");
  }

  TEST_CASE("reasoning that is missing and was never erased is no answer") {
    Desk desk;
    desk.assign(desk.by("operator:ann"), std::nullopt, "why");
    store::Database database(desk.office.node().files.database(), store::OpenMode::read_write);
    database.execute("DELETE FROM sealed WHERE seq = (SELECT max(seq) FROM responsibilities)");
    CHECK(code_of([&] { (void)desk.show(); }) == ErrorCode::integrity);
  }
}
