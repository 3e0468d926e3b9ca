#include "service/risk.hpp"

#include "office.hpp"
#include "service/decisions.hpp"

namespace lexecon {
namespace {

using service::Which;
using test::code_of;
using test::Office;

constexpr const char* model = R"(threshold: 40
factors:
  - {name: drops, when: 'action == "action:drop"', dimension: security, add: 30}
  - {name: costly, when: 'context.amount > 10', dimension: financial, add: 50}
)";

Json reading_at(int security) {
  auto request = test::reading();
  request["risk"] = {{"security", security}};
  return request;
}

Json assessed(const Office& office, Which which, const Json& request, Timestamp now = {}) {
  const auto chosen = service::choose_set(office.node().files.folder, which, now);
  return service::assess_risk(chosen, decision::parse_request(request));
}

std::vector<int> listed(const Office& office, risk::Level first) {
  oversight::DecisionFilter filter;
  filter.min_level = first;
  std::vector<int> scores;
  service::each_decision(office.node(), filter, [&scores](const service::Decision& each) {
    scores.push_back(service::risk_record(each).at("score").get<int>());
  });
  return scores;
}

}  // namespace

TEST_SUITE("service/risk") {
  TEST_CASE("the draft scores by its own model, and the active set until then by its own") {
    const Office office;
    office.write("risk.yaml", model);
    const auto draft = assessed(office, Which::draft, test::dropping());
    CHECK(draft.at("of") == "draft");
    CHECK(draft.at("score") == 35);  // (2500 * 30 + 1000 * 50) / 3500, rounded down
    CHECK(draft.at("factors").size() == 2);
    CHECK(draft.at("factors")[0].at("error").is_null());
    CHECK(draft.at("factors")[1].at("error").is_string());  // no context: it fires
    const auto active = assessed(office, Which::active, test::dropping());
    CHECK(active.at("of") == "active");
    CHECK(active.at("score").is_null());
    CHECK(active.at("level") == "unknown");
    CHECK(active.at("policy_hash") == office.made().policy_hash.hex());
    CHECK(office.entries() == 3);
  }

  TEST_CASE("the active set is never judged before the last entry, a draft by the clock") {
    const Office office;
    const auto active = assessed(office, Which::active, test::reading());
    CHECK(active.at("at") == "2026-01-01T00:00:00.000000Z");
    CHECK(assessed(office, Which::draft, test::reading()).at("at") < active.at("at"));
  }

  TEST_CASE("a record is what the entry holds, and lists know the levels") {
    Office office;
    for (const int security : {10, 30, 60, 90}) (void)office.decide(reading_at(security));
    const auto unscored = office.decide(test::reading());
    CHECK(listed(office, risk::Level::unknown) == std::vector{10, 30, 60, 90});
    CHECK(listed(office, risk::Level::medium) == std::vector{30, 60, 90});
    CHECK(listed(office, risk::Level::critical) == std::vector{90});
    const auto id = office.decide(reading_at(50)).data.at("decision_id").get<std::string>();
    const auto record = service::risk_record(service::show_risk(office.node(), "rsk_" + id));
    CHECK(record == service::risk_record(service::show_risk(office.node(), id)));
    CHECK(record.at("risk_id") == "rsk_" + id);
    CHECK(record.at("level") == "medium");
    CHECK(code_of([&] {
            (void)service::show_risk(office.node(), unscored.data.at("decision_id"));
          }) == ErrorCode::not_found);
    CHECK(code_of([&] { (void)service::show_risk(office.node(), "rsk_1"); }) ==
          ErrorCode::bad_input);
  }
}

}  // namespace lexecon
