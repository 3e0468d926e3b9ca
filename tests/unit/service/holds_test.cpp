#include "service/holds.hpp"

#include <doctest/doctest.h>

#include "bureau.hpp"
#include "service/interventions.hpp"
#include "service/rebuild.hpp"

using namespace lexecon;

namespace {

struct Scene : test::Bureau {
  service::NewHold hold(const std::string& id, retention::Selection content) {
    return {.id = id, .reason = "a claim, see case 4711", .content = std::move(content)};
  }
  Json place(const std::string& id, const retention::Selection& content,
             const std::string& name = "bob") {
    office.pass(1);
    return service::place_hold(office.node(), hold(id, content), by(name), office.session());
  }
  Json release(const std::string& id, const std::optional<std::string>& reason = {}) {
    office.pass(1);
    return service::release_hold(office.node(), id, reason, by("bob"), office.session());
  }
  std::uint64_t decided(const Json& request) {
    (void)decide(request);
    return office.entries() - 1;
  }
  /// Appends what nobody would, signed all the same.
  std::string deep_after(const std::string& event_type, const Json& data) {
    office.pass(1);
    auto draft = service::prepare(office.node(), {.event_type = event_type, .data = data},
                                  by("bob"), office.session());
    service::Act act(office.node(), office.session());
    act.append(std::move(draft));
    (void)act.commit();
    return deep();
  }
  std::optional<ErrorCode> code(const std::function<void()>& action) {
    const auto before = office.entries();
    const auto found = test::code_of(action);
    if (found && *found != ErrorCode::not_permitted) CHECK(office.entries() == before);
    return found;
  }
};

}  // namespace

TEST_SUITE("service/holds") {
  TEST_CASE("a hold is placed, listed and released, and the ledger verifies") {
    Scene scene;
    const auto seq = scene.decided(test::reading());
    const auto placed = scene.place("case-1", {.seqs = {seq}});
    CHECK(placed.at("state") == "in_force");
    CHECK(placed.at("seqs") == Json{seq});
    CHECK(placed.at("reason") == "a claim, see case 4711");
    CHECK(placed.at("actor") == "operator:bob");
    CHECK(placed.at("released").is_null());
    const auto released = scene.release("case-1", "settled");
    CHECK(released.at("state") == "released");
    CHECK(released.at("released").at("reason") == "settled");
    CHECK(service::list_holds(scene.office.node(), {}).size() == 1);
    CHECK(service::list_holds(scene.office.node(), {.in_force = true}).empty());
    CHECK(scene.deep() == "valid");
    CHECK_FALSE(
        service::rebuild(scene.office.node().files, scene.office.session().write).changed());
  }

  TEST_CASE("a decision is held with all that people wrote about it, a subject with all of his") {
    Scene scene;
    const auto id = scene.decide(test::dropping());
    const auto decided = scene.office.entries() - 1;
    (void)scene.make(scene.several(id, 3'600));
    const auto overridden = scene.office.entries() - 1;
    (void)service::intervene(
        scene.office.node(),
        {.type = "manual_review", .role = "security_lead", .note = "seen", .decision_id = id},
        scene.by("bob"), scene.office.session());
    const auto noted = scene.office.entries() - 1;
    const auto other = scene.decided(test::reading());
    CHECK(scene.place("one", {.ids = {id}}).at("seqs") == Json{decided, overridden, noted});
    ledger::EntryFilter all;
    all.event_type = "decision";
    CHECK(scene.place("all", {.decisions = all}).at("seqs") ==
          Json{decided, overridden, noted, other});
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("what is refused") {
    Scene scene;
    const auto seq = scene.decided(test::reading());
    const retention::Selection content{.seqs = {seq}};
    (void)scene.place("case-1", content);
    using enum ErrorCode;
    CHECK(scene.code([&] { (void)scene.place("case-1", content); }) == bad_input);
    CHECK(scene.code([&] { (void)scene.place("case 2", content); }) == usage);
    CHECK(scene.code([&] { (void)scene.place("case-2", {}); }) == bad_input);
    CHECK(scene.code([&] { (void)scene.place("case-2", {.seqs = {0}}); }) == bad_input);
    CHECK(scene.code([&] { (void)scene.place("case-2", {.seqs = {4'711}}); }) == bad_input);
    CHECK(scene.code([&] { (void)scene.place("case-2", {.ids = {"entry_4711"}}); }) == not_found);
    CHECK(scene.code([&] { (void)scene.place("case-2", {.ids = {"dec_x"}}); }) == not_found);
    CHECK(scene.code([&] { (void)scene.place("case-2", content, "vic"); }) == not_permitted);
    CHECK(scene.code([&] { (void)scene.release("case-2"); }) == not_found);
    (void)scene.release("case-1");
    CHECK(scene.code([&] { (void)scene.release("case-1"); }) == bad_input);
    CHECK(scene.code([&] { (void)scene.place("case-1", content); }) == bad_input);
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("the verifier finds what the command refuses") {
    const auto found = [](const std::function<std::string(Scene&, std::uint64_t)>& act) {
      Scene scene;
      const auto seq = scene.decided(test::reading());
      (void)scene.place("case-1", {.seqs = {seq}});
      return act(scene, seq);
    };
    CHECK(found([](Scene& scene, std::uint64_t seq) {
            return scene.deep_after("hold.placed", {{"hold_id", "case-1"}, {"seqs", {seq}}});
          }).find("custody: entry_9, hold.placed: the hold `case-1` is there a second time") == 0);
    CHECK(found([](Scene& scene, std::uint64_t) {
            return scene.deep_after("hold.placed", {{"hold_id", "case-2"}, {"seqs", {0}}});
          }) == "custody: entry_9, hold.placed: genesis has no sealed content");
    CHECK(found([](Scene& scene, std::uint64_t) {
            (void)scene.release("case-1");
            return scene.deep_after("hold.released", {{"hold_id", "case-1"}});
          }).find("custody: entry_10, hold.released: the hold `case-1` was released before") == 0);
  }

  TEST_CASE("more than an entry can name is refused before anybody signs") {
    std::vector<std::uint64_t> seqs;
    for (std::uint64_t seq = 0; service::seqs_bytes(seqs) <= service::max_seqs_bytes; ++seq) {
      seqs.push_back(seq);
    }
    Scene scene;
    CHECK(scene.code([&] { (void)scene.place("much", {.seqs = seqs}); }) == ErrorCode::bad_input);
  }
}
