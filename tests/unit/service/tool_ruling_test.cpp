#include "service/tool_ruling.hpp"

#include "office.hpp"
#include "service/activate.hpp"

namespace lexecon {
namespace {

using agent::Permission;
using test::Office;

service::ToolRuling rule(Office& office, const Json& request) {
  return service::rule_on_tool(office.node(), decision::parse_request(request), "json",
                               office.session());
}

}  // namespace

TEST_SUITE("service/tool_ruling") {
  TEST_CASE("only what is approved is allowed, and every ruling is on record") {
    Office office;
    const auto before = office.entries();
    CHECK(rule(office, test::reading()).permission == Permission::allow);
    CHECK(rule(office, test::dropping()).permission == Permission::deny);
    CHECK(rule(office, test::shipping()).permission == Permission::deny);
    const auto paying = rule(office, test::paying());
    CHECK(paying.permission == Permission::deny);
    CHECK(paying.reason.find(*paying.decision.escalation_id) != std::string::npos);
    CHECK(office.entries() == before + 5);  // the escalation too
    CHECK(paying.decision.data.at("via") == "hook:json");
    CHECK_FALSE(rule(office, test::reading()).decision.token);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("an escalation is asked about where the node says so") {
    Office office;
    office.write("node.yaml", "id: template\nhooks: {escalated: ask}\n");
    CHECK(rule(office, test::paying()).permission == Permission::deny);  // a draft so far
    static_cast<void>(service::activate(office.node(), {}, {}, office.session()));
    CHECK(rule(office, test::paying()).permission == Permission::ask);
    CHECK(rule(office, test::shipping()).permission == Permission::deny);
    CHECK(rule(office, test::dropping()).permission == Permission::deny);
    const auto document = service::to_json(rule(office, test::paying()));
    CHECK(document.at("allowed") == false);
    CHECK(document.at("permission") == "ask");
    CHECK(document.at("decisions").at(0).at("outcome") == "escalated");
  }
}

}  // namespace lexecon
