#include "export/request.hpp"

#include "service/activate.hpp"
#include "service/oversight_report.hpp"
#include "unit/export/desk.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Desk;
using test::files_of;

void activate(Desk& desk, const std::string& more) {
  desk.office().pass(1);
  desk.office().write("node.yaml", "id: " + desk.node().id + "\n" + more);
  (void)service::activate(desk.node(), std::nullopt, desk.bureau.by("ann"),
                          desk.office().session());
}

exporting::Recorded ask(Desk& desk, const std::string& as, package::Filter filter = {}) {
  desk.office().pass(1);
  return exporting::record_request(
      desk.node(),
      {.disclosure = package::Disclosure::sealed, .filter = std::move(filter), .purpose = "audit"},
      desk.bureau.by(as), desk.office().session());
}

exporting::Recorded approve(Desk& desk, std::uint64_t seq, const std::string& as) {
  desk.office().pass(1);
  return exporting::approve_request(desk.node(), seq, desk.bureau.by(as), desk.office().session());
}

exporting::Exported make(Desk& desk, std::uint64_t seq, const std::string& name) {
  desk.office().pass(1);
  auto options = desk.options(name);
  options.request = seq;
  return exporting::export_package(desk.node(), options, std::nullopt, desk.office().session());
}

}  // namespace

TEST_SUITE("export/request") {
  TEST_CASE("what one person asked for another approves, and then it is made once") {
    Desk desk;
    desk.decide();
    activate(desk, "exports: {approval: sealed}\n");
    CHECK(code_of([&] { (void)desk.make(desk.options("alone")); }) == ErrorCode::not_permitted);
    const auto asked = ask(desk, "bob", {.scope = package::Scope::decisions});
    CHECK(asked.waits);
    const auto seq = asked.asked.seq;
    CHECK(code_of([&] { (void)make(desk, seq, "early"); }) == ErrorCode::not_permitted);
    const auto before = desk.office().entries();
    CHECK(code_of([&] { (void)approve(desk, seq, "bob"); }) == ErrorCode::not_permitted);
    const auto refused = chain::parse_entry(desk.office().bodies().back());
    CHECK(refused.event_type == "approval.refused");
    CHECK(refused.data.at("reason") == "own_request");
    CHECK(desk.office().entries() == before + 1);
    CHECK(code_of([&] { (void)approve(desk, seq, "vic"); }) == ErrorCode::not_permitted);
    const auto approved = approve(desk, seq, "olga");
    CHECK_FALSE(approved.waits);
    CHECK(approved.asked.request.approver == "operator:olga");
    CHECK(code_of([&] { (void)approve(desk, seq, "ann"); }) == ErrorCode::bad_input);
    // What came since is not in it.
    desk.decide();
    const auto made = make(desk, seq, "package");
    CHECK(made.manifest.checkpoint.tree_size == asked.asked.selection.size);
    const auto request = package::parse_request(made.manifest.request);
    CHECK(request.requester == "operator:bob");
    CHECK(request.approver == "operator:olga");
    CHECK(request.purpose == "audit");
    CHECK(request.filter.scope == package::Scope::decisions);
    CHECK(code_of([&] { (void)make(desk, seq, "again"); }) == ErrorCode::not_found);
    CHECK(code_of([&] { (void)approve(desk, seq, "ann"); }) == ErrorCode::not_found);
    CHECK(code_of([&] { (void)approve(desk, 0, "ann"); }) == ErrorCode::not_found);
    CHECK(std::distance(std::filesystem::directory_iterator(desk.folder.path()), {}) == 1);
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("a set that wants no second person wants none, and may want one for everything") {
    Desk desk;
    const auto asked = ask(desk, "bob");
    CHECK_FALSE(asked.waits);
    activate(desk, "exports: {approval: all}\n");
    CHECK(code_of([&] { (void)make(desk, asked.asked.seq, "package"); }) ==
          ErrorCode::not_permitted);
    auto options = desk.options("plain");
    options.wish.disclosure = package::Disclosure::none;
    CHECK(code_of([&] { (void)desk.make(options); }) == ErrorCode::not_permitted);
    CHECK(code_of([&] {
            (void)exporting::record_request(desk.node(), options.wish, std::nullopt,
                                            desk.office().session());
          }) == ErrorCode::not_permitted);
    activate(desk, "exports: {approval: none}\n");
    (void)make(desk, asked.asked.seq, "package");
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("one person may do both where the set says that one suffices") {
    Desk desk;
    activate(desk, "roles: {four_eyes: single}\nexports: {approval: all}\n");
    const auto asked = ask(desk, "bob");
    (void)approve(desk, asked.asked.seq, "bob");
    (void)make(desk, asked.asked.seq, "package");
    const auto report = service::oversight_report(desk.node(), {}, desk.office().session().now);
    CHECK(report.at("lone_approvals").at("count") == 1);
    CHECK(report.at("acts").at("list").back().at("kind") == "released");
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("what was erased since it was asked for is in no package") {
    Desk desk;
    const auto decided = desk.decide();
    const auto asked = ask(desk, "bob");
    desk.append("sealed.erased", {{"legal_basis", "gdpr_17"},
                                  {"requested_at", to_text(desk.office().session().now)},
                                  {"seqs", {decided}}});
    desk.sql("DELETE FROM sealed WHERE seq = " + std::to_string(decided));
    CHECK(code_of([&] { (void)make(desk, asked.asked.seq, "package"); }) == ErrorCode::bad_input);
    CHECK(std::filesystem::is_empty(desk.folder.path()));
  }

  TEST_CASE("a package that was made behind everybody's back is found") {
    Desk desk;
    desk.decide();
    activate(desk, "exports: {approval: all}\n");
    const auto asked = ask(desk, "bob");
    service::Act act(desk.node(), desk.office().session());
    act.append({.event_type = "export.sealed",
                .actor = service::node_actor(desk.node()),
                .data = {{"export_id", "exp_0123456789abcdef"},
                         {"request", asked.asked.seq},
                         {"root_checksum", std::string(64, 'a')}},
                .sealed = std::nullopt});
    (void)act.commit();
    CHECK(desk.bureau.deep().find("no second person approved") != std::string::npos);
  }

  TEST_CASE("a tenant and an actor that nobody is are not found") {
    Desk desk;
    auto request = test::reading();
    request["tenant"] = "northern";
    (void)desk.bureau.decide(request);
    const auto entries = desk.office().entries();
    auto options = desk.options("package");
    options.wish.filter.tenant = "norther";
    CHECK(code_of([&] { (void)desk.make(options); }) == ErrorCode::not_found);
    options.wish.filter = {.actor = "operator:bobb"};
    CHECK(code_of([&] { (void)desk.make(options); }) == ErrorCode::not_found);
    CHECK(desk.office().entries() == entries);
    options.wish.filter = {.tenant = "northern"};
    CHECK(desk.make(options).manifest.contents.decisions == 1);
  }
}

}  // namespace lexecon
