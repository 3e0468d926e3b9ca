#include "service/profiles.hpp"

#include <doctest/doctest.h>

#include "ledger/writer.hpp"
#include "store/database.hpp"
#include "unit/service/people.hpp"

using namespace lexecon;
using test::code_of;

namespace {

compliance::Profile of_system(const std::string& id) {
  compliance::Profile out;
  out.system = id;
  out.actors = {"actor:agent:*"};
  out.roles = {"deployer"};
  out.route = "none";
  return out;
}

struct Desk {
  test::Office office;

  Desk() { test::add_operator(office, test::person("alice"), authority::Role::admin); }
  Json set(const service::NewProfile& wanted) {
    office.pass(1);
    return service::set_profile(office.node(), wanted, test::person("alice").signatory(),
                                office.session());
  }
  [[nodiscard]] std::vector<service::ProfileOnRecord> all(
      std::uint64_t size = std::numeric_limits<std::uint64_t>::max()) const {
    auto database = service::open_ledger(office.node());
    return service::profiles(database, size);
  }
};

}  // namespace

TEST_SUITE("service/profiles") {
  TEST_CASE("the newest profile of a system is in force, and the log is valid") {
    Desk desk;
    desk.set({.profile = of_system("a"), .name = "First"});
    const auto size = desk.office.entries();
    desk.set({.profile = of_system("b")});
    auto later = of_system("a");
    later.size_class = "sme";
    const auto document = desk.set({.profile = later, .reason = "as counsel wrote"});
    CHECK(document.at("reason") == "as counsel wrote");
    CHECK(document.at("name") == nullptr);
    const auto all = desk.all();
    CHECK(all.size() == 3);
    CHECK(service::systems_of(all) == std::vector<std::string>{"a", "b"});
    CHECK(service::profile_of(all, "a")->profile == later);
    CHECK(service::profile_of(all, "c") == nullptr);
    CHECK(desk.all(size).size() == 1);
    CHECK(service::profile_of(desk.all(size), "a")->profile == of_system("a"));
    CHECK(service::show_profile(desk.office.node(), "a").at("in_force") == true);
    const auto history = service::profile_history(desk.office.node(), std::nullopt);
    CHECK(history.at(0).at("in_force") == false);
    CHECK(history.at(0).at("name") == "First");
    CHECK(desk.office.verified() == "valid");
  }

  TEST_CASE("what no profile may say is refused before anybody signs") {
    Desk desk;
    auto wrong = of_system("a");
    wrong.route = "annex_iii";
    service::Signatory nobody{"alice", [](std::string_view, const std::string&) {
                                FAIL("somebody was asked to sign");
                                return std::string();
                              }};
    const auto before = desk.office.entries();
    CHECK(code_of([&] {
            (void)service::set_profile(desk.office.node(), {.profile = wrong}, nobody,
                                       desk.office.session());
          }) == ErrorCode::bad_input);
    CHECK(desk.office.entries() == before);
    CHECK(code_of([&] { (void)service::show_profile(desk.office.node(), std::nullopt); }) ==
          ErrorCode::not_found);
  }

  TEST_CASE("a profile that nobody signed is in force for nobody") {
    Desk desk;
    const auto& node = desk.office.node();
    const auto key = crypto::load_secret_key(node.files.ledger_key(), {});
    ledger::Writer writer(node.files, key, desk.office.session().now, desk.office.session().entropy,
                          desk.office.session().write);
    writer.append(service::prepare(
        node, {.event_type = "profile.set", .data = compliance::to_data(of_system("a"))},
        std::nullopt, desk.office.session()));
    (void)writer.commit();
    CHECK(desk.all().empty());
    CHECK(desk.office.verified() != "valid");
  }
}
