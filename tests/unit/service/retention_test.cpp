#include "service/retention.hpp"

#include <doctest/doctest.h>

#include "bureau.hpp"
#include "service/activate.hpp"
#include "service/erasure.hpp"
#include "service/holds.hpp"

using namespace lexecon;

namespace {

constexpr std::int64_t day = 86'400;
constexpr const char* classes = R"(
retention:
  high_risk_systems: ['actor:agent:scoring']
  classes:
    - {name: logs, applies: {high_risk_system: true}, keep: 6mo, basis: eu_ai_act:26.6, law: logs, floor: true,
       gives_way_to: [gdpr:17], then: keep}
    - {name: chats, applies: {actors: ['actor:agent:reader']}, keep: 30d, basis: own, law: ours, then: erase}
)";

/// A node whose set keeps and erases, and what was decided in it.
struct Scene : test::Bureau {
  Scene() {
    node_yaml = test::slurp(office.node().files.folder / "node.yaml");
    activate(classes);
    logged = decided("agent:scoring");
    chat = decided("agent:reader");
    other = decided("agent:other");
  }

  void activate(const std::string& retention) {
    office.write("node.yaml", node_yaml + retention);
    (void)service::activate(office.node(), std::nullopt, by("ann"), office.session());
  }
  std::uint64_t decided(const std::string& actor) {
    (void)decide({{"actor", actor}, {"action", "read"}});
    return office.entries() - 1;
  }
  std::string erase(const std::vector<std::uint64_t>& seqs, const std::string& basis) {
    office.pass(1);
    try {
      (void)service::erase(office.node(),
                           {.seqs = seqs, .legal_basis = basis, .requested_at = now()}, by("bob"),
                           office.session());
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::bad_input);
      return error.message();
    }
    return "erased";
  }
  Json apply(bool dry_run = false) {
    office.pass(1);
    return service::apply_retention(office.node(), {.dry_run = dry_run}, by("bob"),
                                    office.session());
  }
  std::string state(std::uint64_t seq, const Span& within = {}) {
    const auto status = service::retention_status(office.node(), {.within = within}, now());
    for (const auto& each : status.at("contents")) {
      if (each.at("seq") == seq) return each.at("state");
    }
    return "none";
  }
  void hold(std::uint64_t seq) {
    office.pass(1);
    (void)service::place_hold(office.node(),
                              {.id = "case-1", .reason = "a claim", .content = {.seqs = {seq}}},
                              by("bob"), office.session());
  }
  /// Signed and recorded whatever custody says, and the content removed.
  std::string deep_after_erasing(std::uint64_t seq, const std::string& basis) {
    office.pass(1);
    auto draft = service::prepare(
        office.node(),
        {.event_type = "sealed.erased",
         .data = {{"legal_basis", basis}, {"requested_at", to_text(now())}, {"seqs", {seq}}}},
        by("bob"), office.session());
    service::Act act(office.node(), office.session());
    act.append(std::move(draft));
    act.database().execute("DELETE FROM sealed WHERE seq = " + std::to_string(seq));
    (void)act.commit();
    return deep();
  }
  [[nodiscard]] static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  std::string node_yaml;
  std::uint64_t logged = 0;
  std::uint64_t chat = 0;
  std::uint64_t other = 0;
};

}  // namespace

TEST_SUITE("service/retention") {
  TEST_CASE("content goes from active over expiring to erased, and what is held stays") {
    Scene scene;
    CHECK(scene.state(scene.chat) == "active");
    CHECK(scene.state(scene.chat, {.micros = 31 * day * 1'000'000}) == "expiring");
    CHECK(scene.apply().at("seqs") == Json::array());
    scene.office.pass(30 * day);
    CHECK(scene.state(scene.chat) == "expiring");
    CHECK(scene.state(scene.logged) == "active");
    CHECK(scene.state(scene.other) == "active");
    scene.hold(scene.chat);
    CHECK(scene.state(scene.chat) == "on_hold");
    const auto held = scene.apply();
    CHECK(held.at("seqs") == Json::array());
    CHECK(held.at("on_hold") == 1);
    CHECK(held.at("erasure").is_null());
    (void)service::release_hold(scene.office.node(), "case-1", std::nullopt, scene.by("bob"),
                                scene.office.session());
    CHECK(scene.apply(true).at("seqs") == Json{scene.chat});
    CHECK(scene.state(scene.chat) == "expiring");
    CHECK(scene.apply().at("erasure").at("entries").size() == 1);
    CHECK(scene.state(scene.chat) == "erased");
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("nobody erases below a floor, but on a basis that it gives way to") {
    Scene scene;
    CHECK(Scene::has(scene.erase({scene.logged}, "own"), "is kept until 2026-07-01T"));
    CHECK(scene.erase({scene.chat, scene.other}, "own") == "erased");
    CHECK(scene.erase({scene.logged}, "gdpr:17") == "erased");
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("a hold stands above every basis") {
    Scene scene;
    scene.hold(scene.logged);
    CHECK(Scene::has(scene.erase({scene.logged}, "gdpr:17"), "is under the hold `case-1`"));
    scene.office.pass(400 * day);
    CHECK(Scene::has(scene.erase({scene.logged}, "own"), "is under the hold `case-1`"));
  }

  TEST_CASE("after six months by the calendar the floor is gone") {
    Scene scene;
    scene.office.pass(180 * day);
    CHECK(Scene::has(scene.erase({scene.logged}, "own"), "is kept until"));
    scene.office.pass(day);
    CHECK(scene.erase({scene.logged}, "own") == "erased");
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("the verifier finds an erasure of what is held, below its floor or not expired") {
    const auto found = [](const std::function<std::string(Scene&)>& act) {
      Scene scene;
      return act(scene);
    };
    CHECK(Scene::has(found([](Scene& scene) {
                       scene.hold(scene.chat);
                       return scene.deep_after_erasing(scene.chat, "gdpr:17");
                     }),
                     "is under the hold `case-1`"));
    CHECK(Scene::has(
        found([](Scene& scene) { return scene.deep_after_erasing(scene.logged, "own"); }),
        "custody: "));
    CHECK(Scene::has(
        found([](Scene& scene) { return scene.deep_after_erasing(scene.chat, "retention"); }),
        "is kept until 2026-01-31T"));
    CHECK(Scene::has(
        found([](Scene& scene) { return scene.deep_after_erasing(scene.other, "retention"); }),
        "never expires by itself"));
    CHECK(found([](Scene& scene) { return scene.deep_after_erasing(scene.other, "own"); }) ==
          "valid");
    CHECK(found([](Scene& scene) { return scene.deep_after_erasing(scene.logged, "gdpr:17"); }) ==
          "valid");
  }

  TEST_CASE("an erasure is judged by the set in force at its entry, not by a later one") {
    Scene scene;
    CHECK(scene.erase({scene.other}, "own") == "erased");
    scene.activate(
        "retention: {classes: [{name: all, applies: {event_types: [decision]}, keep: 10y, "
        "basis: a, law: b, floor: true, then: keep}]}\n");
    CHECK(Scene::has(scene.erase({scene.chat}, "gdpr:17"), "by the class `all`"));
    CHECK(scene.deep() == "valid");
    scene.activate("");
    CHECK(scene.erase({scene.logged, scene.chat}, "own") == "erased");
    CHECK(scene.deep() == "valid");
  }

  TEST_CASE("what is wrong with a question") {
    Scene scene;
    using enum ErrorCode;
    CHECK(test::code_of([&] {
            (void)service::retention_status(scene.office.node(), {.class_name = "lgos"},
                                            scene.now());
          }) == bad_input);
    CHECK(test::code_of([&] {
            (void)service::apply_retention(scene.office.node(), {.class_name = "lgos"},
                                           std::nullopt, scene.office.session());
          }) == bad_input);
    scene.office.pass(31 * day);
    CHECK(test::code_of([&] {
            (void)service::apply_retention(scene.office.node(), {}, std::nullopt,
                                           scene.office.session());
          }) == not_permitted);
  }
}
