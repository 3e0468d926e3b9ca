#include "service/statements.hpp"

#include <doctest/doctest.h>

#include "compliance/rulebook.hpp"
#include "ledger/verify.hpp"
#include "ledger/writer.hpp"
#include "unit/service/people.hpp"

using namespace lexecon;
using compliance::Statement;
using compliance::StatementSort;
using test::code_of;

namespace {

Statement declaration() {
  Statement out;
  out.rulebook = "eu_ai_act";
  out.item = "aia-26.2";
  return out;
}

struct Desk {
  test::Office office;

  Desk() { test::add_operator(office, test::person("alice"), authority::Role::admin); }
  Json state(const Statement& said) {
    office.pass(1);
    return service::state(office.node(), said, "so", test::person("alice").signatory(),
                          office.session());
  }
  std::optional<ErrorCode> refusal(const Statement& said) {
    const auto before = office.entries();
    const auto code = code_of([&] { (void)state(said); });
    CHECK(office.entries() == before);
    return code;
  }
  Json withdraw(std::uint64_t seq) {
    return service::withdraw_statement(office.node(), seq, "superseded",
                                       test::person("alice").signatory(), office.session());
  }
  [[nodiscard]] compliance::Statements all(
      std::uint64_t size = std::numeric_limits<std::uint64_t>::max()) const {
    auto database = service::open_ledger(office.node());
    return service::statements(database, size);
  }
  /// Signed as it should be, and recorded without asking what it names.
  void append_freely(const service::Wanted& wanted) {
    auto draft = service::prepare(office.node(), wanted, test::person("alice").signatory(),
                                  office.session());
    const auto key = crypto::load_secret_key(office.node().files.ledger_key(), {});
    ledger::Writer writer(office.node().files, key, office.session().now, office.session().entropy,
                          office.session().write);
    writer.append(std::move(draft));
    (void)writer.commit();
  }
};

}  // namespace

TEST_SUITE("service/statements") {
  TEST_CASE("what is stated is found again, until it is withdrawn") {
    Desk desk;
    auto said = declaration();
    said.expires_on = Date{2030, 1, 1};
    const auto first = desk.state(said).at("seq").get<std::uint64_t>();
    auto assessed = declaration();
    assessed.sort = StatementSort::assessed;
    assessed.satisfied = true;
    assessed.from = Date{2025, 1, 1};
    assessed.to = Date{2025, 12, 31};
    const auto document = desk.state(assessed);
    CHECK(document.at("satisfied") == true);
    CHECK(document.at("rulebook_sha256") == compliance::rulebook("eu_ai_act").digest.hex());
    const auto size = desk.office.entries();
    const auto* const found =
        desk.all().newest(StatementSort::declared, {}, "eu_ai_act", "aia-26.2");
    CHECK(found != nullptr);
    (void)desk.withdraw(first);
    const auto all = desk.all();
    CHECK(all.newest(StatementSort::declared, {}, "eu_ai_act", "aia-26.2") == nullptr);
    CHECK(all.find(first)->expires_on == Date{2030, 1, 1});
    CHECK(all.find(first)->by == "alice");
    CHECK(desk.all(size).newest(StatementSort::declared, {}, "eu_ai_act", "aia-26.2") != nullptr);
    CHECK(code_of([&] { (void)desk.withdraw(first); }) == ErrorCode::bad_input);
    CHECK(code_of([&] { (void)desk.withdraw(0); }) == ErrorCode::not_found);
    CHECK(desk.office.verified() == "valid");
  }

  TEST_CASE("what a statement names has to be there") {
    Desk desk;
    const auto with = [](auto change) {
      auto said = declaration();
      change(said);
      return said;
    };
    CHECK(desk.refusal(with([](auto& s) { s.rulebook = "none"; })) == ErrorCode::not_found);
    CHECK(desk.refusal(with([](auto& s) { s.item = "aia-0"; })) == ErrorCode::not_found);
    CHECK(desk.refusal(with([](auto& s) { s.kind = "none"; })) == ErrorCode::not_found);
    CHECK(desk.refusal(with([](auto& s) { s.system = "none"; })) == ErrorCode::not_found);
    CHECK(desk.refusal(with([](auto& s) { s.evidence_id = "evd_none"; })) == ErrorCode::not_found);
    CHECK(desk.refusal(with([](auto& s) {
      s.sort = StatementSort::remediated;
      s.owner = "operator:eve";
      s.due = Date{2026, 2, 1};
      s.state = "open";
    })) == ErrorCode::not_found);
    CHECK(desk.refusal(with([](auto& s) {
      s.expires_on = Date{2020, 1, 1};
    })) == ErrorCode::bad_input);
  }

  TEST_CASE("the verifier finds a declaration of evidence that was never added") {
    Desk desk;
    const auto before = desk.office.entries();
    const Json data{{"evidence_id", "evd_screenshot_" + std::string(32, '0')},
                    {"expires_on", nullptr},
                    {"item", "aia-26.2"},
                    {"kind", nullptr},
                    {"rulebook", "eu_ai_act"},
                    {"rulebook_sha256", std::string(64, 'a')},
                    {"system", nullptr}};
    desk.append_freely({.event_type = "compliance.declared", .data = data});
    const auto found = ledger::verify(desk.office.node().files,
                                      {.state_home = desk.office.session().write.state_home,
                                       .pins = {},
                                       .older_notes = {},
                                       .skip = {}});
    CHECK(found.verdict == ledger::Verdict::invalid);
    CHECK(found.first_bad_seq == before);
    CHECK(desk.all().find(before) != nullptr);
  }
}
