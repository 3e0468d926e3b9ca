#include "service/gate.hpp"

#include <functional>
#include <set>

#include "bureau.hpp"
#include "chain/event.hpp"
#include "chain/gate_shapes.hpp"
#include "crypto/hash.hpp"
#include "ledger/reader.hpp"
#include "package/acta.hpp"
#include "service/act.hpp"
#include "service/answers.hpp"
#include "service/decisions.hpp"
#include "service/receipts.hpp"
#include "service/stops.hpp"

namespace lexecon {
namespace {

using package::GateAnswer;
using package::GateOutcome;
using test::Bureau;

constexpr std::int64_t day = 24 * 3'600;

/// A node that asks its gate, and one that appends whatever gate.checked it is told.
struct Scene : Bureau {
  using Change = std::function<void(Json&)>;

  [[nodiscard]] static service::GateQuestion question(const Json& request) {
    return {.request = decision::parse_request(request),
            .decision_id = {},
            .require_approval = false,
            .pins = {},
            .receipts = {},
            .rules = {.trusted = {}, .max_age_micros = day * 1'000'000}};
  }
  GateAnswer ask(const service::GateQuestion& asked) {
    office.pass(1);
    return service::gate(office.node(), asked, office.session());
  }
  GateAnswer ask(const Json& request) { return ask(question(request)); }
  GateAnswer ask_again(const Json& request, const std::string& decision_id) {
    auto asked = question(request);
    asked.decision_id = decision_id;
    return ask(asked);
  }
  void answer(const std::string& decision_id, const std::string& outcome) {
    office.pass(1);
    (void)service::resolve(office.node(), decision_id, outcome, {{}, {}}, by("bob"),
                           office.session());
  }

  void stop_all() {
    (void)service::stop_agents(office.node(), {"all", std::nullopt, "drill", std::nullopt},
                               std::nullopt, office.session());
  }

  [[nodiscard]] chain::Entry last_gate() const {
    auto database = service::open_ledger(office.node());
    chain::Entry found;
    ledger::EntryFilter gates;
    gates.event_type = "gate.checked";
    ledger::each_entry(database, gates,
                       [&](const ledger::StoredEntry& each) { found = each.entry; });
    return found;
  }
  /// A gate as it would have passed that decision, changed.
  void forge(const std::string& decision_id, const Change& change = {}) {
    auto database = service::open_ledger(office.node());
    service::Act act(office.node(), office.session());
    auto data = pattern;
    data["at"] = to_text(act.at());
    data["decision_id"] = decision_id;
    if (change) change(data);
    act.append({.event_type = "gate.checked",
                .actor = "actor:agent:reader",
                .data = std::move(data),
                .sealed = std::nullopt});
    (void)act.commit();
  }
  /// Keeps what a gate says that passes.
  void learn() {
    REQUIRE(ask(test::reading()).outcome == GateOutcome::passed);
    pattern = last_gate().data;
  }

  Json pattern;
};

/// The status of each check that ran, by name.
std::string ran(const GateAnswer& answer) {
  std::string out;
  for (const auto& check : answer.checks) {
    if (check.status == findings::CheckStatus::not_run) continue;
    out += check.name + ":" + std::string(to_string(check.status)) + " ";
  }
  return out;
}

package::PinnedFile pin(bool right) {
  return {.name = "f", .expected = crypto::sha256("f"), .seen = crypto::sha256(right ? "f" : "g")};
}

}  // namespace

TEST_SUITE("service/gate") {
  TEST_CASE("each outcome of the judge has its answer, recorded with the decision") {
    Scene scene;
    const std::vector<std::pair<Json, GateOutcome>> cases{
        {test::reading(), GateOutcome::passed},
        {test::dropping(), GateOutcome::refused},
        {test::paying(), GateOutcome::undecided},
        {test::shipping(), GateOutcome::conditional}};
    for (const auto& [request, outcome] : cases) {
      const auto answer = scene.ask(request);
      CAPTURE(answer.reason);
      CHECK(answer.outcome == outcome);
      const auto entry = scene.last_gate();
      CHECK(entry.seq == answer.seq);
      CHECK(entry.data.at("outcome") == package::to_string(outcome));
      CHECK(entry.data.at("decision_id") == *answer.decision_id);
      CHECK(answer.escalation_id.has_value() == (outcome == GateOutcome::undecided));
    }
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("one thing that does not hold refuses what policy approves") {
    Scene scene;
    auto asked = Scene::question(test::reading());
    asked.pins = {pin(true)};
    CHECK(scene.ask(asked).outcome == GateOutcome::passed);
    asked.pins = {pin(true), pin(false)};
    CHECK(ran(scene.ask(asked)) == "pins:fail policy:pass ");
    CHECK(scene.last_gate().data.at("outcome") == "refused");
    asked.pins = {{.name = "f", .expected = crypto::sha256("f"), .seen = std::nullopt}};
    CHECK(scene.ask(asked).outcome == GateOutcome::refused);
    asked.pins = {};
    asked.receipts = {{"r", std::nullopt}};
    CHECK(ran(scene.ask(asked)) == "policy:pass receipts:fail ");
    asked.receipts = {{"r", ""}};
    CHECK(scene.ask(asked).outcome == GateOutcome::refused);
    asked.receipts = {};
    asked.require_approval = true;
    CHECK(ran(scene.ask(asked)) == "approvals:fail policy:pass ");
    CHECK(scene.last_gate().data.at("outcome") == "refused");
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("an answer of people counts until it is over, and a refusal for good") {
    Scene scene;
    const auto id = *scene.ask(test::paying()).decision_id;
    CHECK(scene.ask_again(test::paying(), id).outcome == GateOutcome::undecided);
    scene.answer(id, "approved");
    const auto passed = scene.ask_again(test::paying(), id);
    CHECK(passed.outcome == GateOutcome::passed);
    CHECK(passed.replayed);
    CHECK(ran(passed) == "approvals:pass policy:pass ");
    scene.office.pass(day);
    CHECK(scene.ask_again(test::paying(), id).outcome == GateOutcome::undecided);
    const auto other = *scene.ask(test::paying()).decision_id;
    scene.answer(other, "denied");
    CHECK(scene.ask_again(test::paying(), other).outcome == GateOutcome::refused);
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("a decision is worth a day, and nothing while its actor is stopped") {
    Scene scene;
    const auto id = scene.decide(test::reading());
    CHECK(scene.ask_again(test::reading(), id).outcome == GateOutcome::passed);
    scene.office.pass(day);
    const auto late = scene.ask_again(test::reading(), id);
    CHECK(late.outcome == GateOutcome::refused);
    CHECK(ran(late) == "approvals:fail policy:pass ");
    const auto young = scene.decide(test::reading());
    scene.office.pass(1);
    scene.stop_all();
    CHECK(scene.ask_again(test::reading(), young).outcome == GateOutcome::refused);
    CHECK(scene.ask(test::reading()).outcome == GateOutcome::refused);
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("a decision on another request is bad input, and nothing is recorded") {
    Scene scene;
    const auto id = scene.decide(test::reading());
    const auto before = scene.office.entries();
    for (const auto* member : {"tool", "tenant", "model", "prompt"}) {
      auto other = test::reading();
      other[member] = "x@1";
      CHECK(test::code_of([&] { (void)scene.ask_again(other, id); }) == ErrorCode::bad_input);
    }
    auto other = test::reading();
    other["data_classes"] = {"pii"};
    CHECK(test::code_of([&] { (void)scene.ask_again(other, id); }) == ErrorCode::bad_input);
    CHECK(test::code_of([&] {
            (void)scene.ask_again(test::reading(), "dec_00000000000000000000000000");
          }) == ErrorCode::not_found);
    CHECK(scene.office.entries() == before);
  }

  TEST_CASE("a receipt of this log counts while its entry is on record and people let it") {
    Scene scene;
    const auto receipt_of = [&](const std::string& id) {
      auto database = service::open_ledger(scene.office.node());
      return service::make_receipt(database, scene.office.node(),
                                   service::require_decision(database, id),
                                   service::Disclosure::none)
          .bytes;
    };
    const auto id = scene.decide(test::reading());
    auto asked = Scene::question(test::reading());
    asked.receipts = {{"r", receipt_of(id)}};
    CHECK(ran(scene.ask(asked)) == "policy:pass receipts:pass ");
    (void)scene.make(Bureau::denial(id));
    CHECK(ran(scene.ask(asked)) == "policy:pass receipts:fail ");
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("an ACTA receipt counts where its decision is on record, and says just that") {
    Scene scene;
    const auto& node = scene.office.node();
    const auto receipt_of = [&](const std::string& id) {
      const auto seq = [&] {
        auto database = service::open_ledger(node);
        return service::require_decision(database, id);
      }();
      return service::make_acta_receipt(node, seq, scene.office.session());
    };
    const auto before = scene.office.entries();
    const auto id = scene.decide(test::reading());
    const auto made = receipt_of(id);
    CHECK(scene.office.entries() == before + 1);
    CHECK_FALSE(made.discloses);
    CHECK(receipt_of(id).bytes == made.bytes);
    auto asked = Scene::question(test::reading());
    asked.receipts = {{"r", made.bytes}};
    CHECK(ran(scene.ask(asked)) == "policy:pass receipts:pass ");
    CHECK(scene.last_gate().data.at("receipts") == Json::array({made.entry_hash.hex()}));

    const auto is_refused = [&](const std::string& receipt) {
      asked.receipts = {{"r", receipt}};
      return ran(scene.ask(asked)) == "policy:pass receipts:fail ";
    };
    // By a key of this log, of a decision that it does not have, or has otherwise.
    const auto pem = test::slurp(node.files.folder / "keys/ledger.key");
    const auto key = crypto::parse_secret_pem(pem, {});
    auto entry = chain::parse_entry(scene.office.bodies().at(made.seq));
    CHECK(package::sign_acta(entry, key) == made.bytes);
    auto forged = entry;
    forged.data["decision_id"] = "dec_00000000000000000000000000";
    CHECK(is_refused(package::sign_acta(forged, key)));
    forged = entry;
    forged.timestamp.micros += 1;
    CHECK(is_refused(package::sign_acta(forged, key)));
    forged = entry;
    forged.data["tool"] = "kubectl";
    CHECK(is_refused(package::sign_acta(forged, key)));
    // By the other key of the node, and by one of another log that is trusted too.
    const auto token_key =
        crypto::parse_secret_pem(test::slurp(node.files.folder / "keys/token.key"), {});
    CHECK(is_refused(package::sign_acta(entry, token_key)));
    asked.rules.trusted = {{std::nullopt, key.public_key()},
                           {std::nullopt, token_key.public_key()}};
    CHECK(is_refused(package::sign_acta(entry, token_key)));
    CHECK_FALSE(is_refused(made.bytes));
    // Of what was not approved, of another request, and of what people refused since.
    CHECK(is_refused(receipt_of(scene.decide(test::dropping())).bytes));
    auto other = test::reading();
    other["tool"] = "kubectl";
    CHECK(is_refused(receipt_of(scene.decide(other)).bytes));
    (void)scene.make(Bureau::denial(id));
    CHECK(is_refused(made.bytes));
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("without a node an ACTA receipt proves too little, whoever signed it") {
    Scene scene;
    const auto& node = scene.office.node();
    const auto id = scene.decide(test::reading());
    const auto seq = scene.office.entries() - 1;
    const auto made = service::make_acta_receipt(node, seq, scene.office.session());
    const auto asked = decision::parse_request(test::reading());
    const package::ReceiptRules rules{.trusted = {{std::nullopt, node.keys.genesis.key}},
                                      .max_age_micros = day * 1'000'000};
    const auto answer =
        package::gate_by_receipts(asked, {}, std::vector<package::GivenReceipt>{{"r", made.bytes}},
                                  rules, scene.office.session().now);
    CHECK(answer.outcome == GateOutcome::refused);
    CHECK(answer.reason.find("neither for whom nor on what") != std::string::npos);
  }

  TEST_CASE(
      "an ACTA receipt is made of a decision that the log was proven to hold, and of nothing "
      "else") {
    Scene scene;
    const auto& node = scene.office.node();
    const auto id = scene.decide(test::reading());
    const auto seq = scene.office.entries() - 1;
    auto& session = scene.office.session();
    const auto code = [&](std::uint64_t of) {
      return test::code_of([&] { (void)service::make_acta_receipt(node, of, session); });
    };
    CHECK(code(0) == ErrorCode::bad_input);
    CHECK(code(99) == ErrorCode::not_found);
    {
      store::Database database(node.files.database(), store::OpenMode::read_write);
      database.execute(
          "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'approved', 'escalated') AS "
          "BLOB)"
          " WHERE event_type = 'decision'");
    }
    CHECK(code(seq) == ErrorCode::integrity);
  }

  TEST_CASE("a gate that says what does not follow is no entry") {
    Scene scene;
    scene.learn();
    const auto is_refused = [&](const Scene::Change& change) {
      const auto before = scene.office.entries();
      const bool refused =
          test::code_of([&] {
            scene.forge(scene.pattern.at("decision_id").get<std::string>(), change);
          }) == ErrorCode::bad_input;
      return refused && scene.office.entries() == before;
    };
    const auto set = [](const char* pointer, const Json& value) {
      return [=](Json& data) { data[Json::json_pointer(pointer)] = value; };
    };
    CHECK(is_refused(set("/outcome", "refused")));
    CHECK(is_refused(set("/outcome", "passes")));
    CHECK(is_refused(set("/judged", "denied")));
    CHECK(is_refused(set("/judged", "escalated")));
    CHECK(is_refused(set("/checks/1/status", "pass")));  // pins, of which there are none
    CHECK(is_refused(set("/checks/1/items", 1)));        // which did not run
    CHECK(is_refused(set("/checks/2/status", "fail")));  // policy, of what is approved
    CHECK(is_refused(set("/checks/0/status", "fail")));  // approvals, of what passed
    CHECK(is_refused(set("/checks/0/name", "policy")));
    CHECK(is_refused(set("/checks/0", {{"items", 1}, {"name", "approvals"}, {"status", "pass"}})));
    CHECK(is_refused(set("/checks/4", {{"items", 1}, {"name", "registry"}, {"status", "pass"}})));
    CHECK(is_refused(set("/facts/registry", {{"model", "expired"}, {"prompt", nullptr}})));
    CHECK(is_refused(set("/checks/2/items", 2)));
    CHECK(is_refused([](Json& data) { data["checks"].erase(1); }));
    CHECK(is_refused(set("/pins", Json::array({std::string(64, '0')}))));
    CHECK(is_refused(set("/receipts", Json::array({"x"}))));
    CHECK(is_refused(set("/at", "2026-01-01T00:00:00.000000Z")));
    CHECK(is_refused(set("/note", "x")));
    CHECK(is_refused([](Json& data) { data.erase("facts"); }));
  }

  TEST_CASE("what the registry says of model and prompt is the check of it") {
    Scene scene;
    scene.learn();
    const auto said = [&](const Json& model, const Json& prompt, const char* status,
                          const char* outcome) {
      auto data = scene.pattern;
      const int items = static_cast<int>(!model.is_null()) + static_cast<int>(!prompt.is_null());
      data["facts"]["registry"] = {{"model", model}, {"prompt", prompt}};
      data["checks"][4] = {{"items", items}, {"name", "registry"}, {"status", status}};
      data["outcome"] = outcome;
      try {
        return chain::check_event("gate.checked", data, 100);
      } catch (const Error&) {
        return false;
      }
    };
    CHECK(said("approved", nullptr, "pass", "passed"));
    CHECK(said("approved", "approved", "pass", "passed"));
    CHECK(said("approved", "retired", "fail", "refused"));
    CHECK(said(nullptr, "expired", "fail", "refused"));
    CHECK(said(nullptr, nullptr, "not_run", "passed"));
    CHECK_FALSE(said(nullptr, "expired", "pass", "passed"));
    CHECK_FALSE(said("approved", "retired", "fail", "passed"));
  }

  TEST_CASE("every combination of checks has one outcome, and passes only when all hold") {
    const std::vector<std::string> statuses{"pass", "fail", "not_run"};
    const auto item = [](const char* name, const std::string& status) {
      return Json{{"items", status == "not_run" ? 0 : 1}, {"name", name}, {"status", status}};
    };
    for (const auto* judged : {"approved", "conditional", "escalated", "denied"}) {
      for (int n = 0; n < 81; ++n) {
        const auto at = [&](int divisor) {
          return statuses.at(static_cast<std::size_t>(n / divisor % 3));
        };
        const bool is_yes = judged == std::string("approved");
        const Json checks{item("approvals", at(1)), item("pins", at(3)),
                          item("policy", is_yes ? "pass" : "fail"), item("receipts", at(9)),
                          item("registry", at(27))};
        bool one_failed = false;
        for (const auto& check : checks) one_failed = one_failed || check.at("status") == "fail";
        const auto outcome = chain::gate_outcome(judged, checks);
        CHECK((outcome == "passed") == (is_yes && !one_failed));
        if (judged == std::string("denied")) CHECK(outcome == "refused");
      }
    }
  }

  TEST_CASE("a gate that contradicts what is on record is found") {
    struct Case {
      std::string found;
      std::function<void(Scene&)> make;
    };
    const std::vector<Case> cases{
        {"names `dec_00000000000000000000000000`, which nobody decided",
         [](Scene& scene) { scene.forge("dec_00000000000000000000000000"); }},
        {", which is denied, and nobody approved it",
         [](Scene& scene) { scene.forge(scene.decide(test::dropping())); }},
        {", which is escalated, and nobody approved it",
         [](Scene& scene) { scene.forge(scene.decide(test::paying())); }},
        {"which people refused",
         [](Scene& scene) {
           const auto id = scene.decide(test::reading());
           (void)scene.make(Bureau::denial(id));
           scene.office.pass(1);
           scene.forge(id);
         }},
        {"whose approval is over",
         [](Scene& scene) {
           const auto id = scene.decide(test::reading());
           scene.office.pass(day);
           scene.forge(id);
         }},
        {"while its actor is stopped",
         [](Scene& scene) {
           const auto id = scene.decide(test::reading());
           scene.stop_all();
           scene.office.pass(1);
           scene.forge(id);
         }},
        {"the gate was asked under a set that was not in force",
         [](Scene& scene) {
           scene.forge(scene.decide(test::reading()),
                       [](Json& data) { data["policy_hash"] = std::string(64, '0'); });
         }},
        {"the gate rests on other approvals than those on record",
         [](Scene& scene) {
           scene.forge(scene.decide(test::paying()), [](Json& data) {
             data["checks"][0] = {{"items", 1}, {"name", "approvals"}, {"status", "pass"}};
             data["facts"]["approvals"] = {
                 {{"operator", "bob"}, {"requirement", "human_confirmation"}, {"seq", 1}}};
           });
         }},
        {"the gate rests on other approvals than those on record",
         [](Scene& scene) {
           const auto id = scene.decide(test::paying());
           scene.answer(id, "approved");
           scene.office.pass(1);
           scene.forge(id);
         }},
        {"judged again, the gate approves what is denied",
         [](Scene& scene) {
           scene.forge(scene.decide(test::reading()),
                       [](Json& data) { data["facts"]["guard"] = "rate_limited"; });
         }},
    };
    std::set<std::string> seen;
    for (const auto& [found, make] : cases) {
      CAPTURE(found);
      Scene scene;
      scene.learn();
      make(scene);
      const auto said = scene.deep();
      CAPTURE(said);
      CHECK(said.find(found) != std::string::npos);
    }
  }

  TEST_CASE("what a gate forged right would say is valid: only contradictions are found") {
    Scene scene;
    scene.learn();
    scene.forge(scene.decide(test::reading()));
    CHECK(scene.deep() == "valid");
  }
}

}  // namespace lexecon
