// Ledgers signed by their own key in which one decision says what the judge would not: each is found by
// that check alone, and passes without it.
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "chain/sealed.hpp"
#include "decision/record.hpp"
#include "ledger/verify.hpp"
#include "unit/ledger/forge.hpp"
#include "unit/service/office.hpp"

using namespace lexecon;
using ledger::CheckStatus;
using ledger::Verdict;
using test::Forge;
using test::Node;

namespace {

using Change = std::function<void(Json&)>;

struct Scene {
  Node node;
  Forge forge{node};
  decision::ActiveSet set = decision::load_set(test::small_set());
  int decided = 0;

  explicit Scene(const Json& activation = Json::object()) {
    forge.add_genesis();
    Json files = Json::array();
    for (const auto& file : set.files) {
      files.push_back({{"name", file.name}, {"sha256", file.sha256.hex()}});
    }
    for (const auto& file : test::small_set()) forge.policy_file(file.bytes);
    Json data = {{"files", files},
                 {"four_eyes", "double"},
                 {"mode", "strict"},
                 {"policy_hash", set.policy_hash.hex()},
                 {"previous_hash", nullptr}};
    data.update(activation);
    forge.add("policy.activated", data);
    forge.end_transaction();
  }

  /// The decision as the judge gives it, then changed; `request_change` is made to what is sealed.
  void decide(const Json& document, const Change& change = {}, const Change& request_change = {},
              bool erased = false) {
    const auto request = decision::parse_request(document);
    const decision::Facts facts;
    const auto verdict = decision::judge(request, &set, facts, forge.now);
    const std::string id = "dec_01JNX8A000000000000000000" + std::to_string(++decided);
    Json data = decision::decision_data({.decision_id = id,
                                         .at = forge.now,
                                         .via = "cli",
                                         .request = request,
                                         .facts = facts,
                                         .verdict = verdict,
                                         .token = std::nullopt});
    if (change) change(data);
    Json sealed = request.canonical;
    if (request_change) request_change(sealed);
    const Change by_actor = [&](Json& entry) {
      entry["actor"] = request.actor;
      if (erased) entry["sealed_hash"] = std::string(64, 'a');
    };
    forge.add("decision", data, by_actor,
              erased ? std::nullopt : std::optional(forge.salted(sealed)));
    if (verdict.outcome != policy::Outcome::escalated) return;
    forge.add("escalation.created", {{"decision_id", id},
                                     {"escalation_id", "esc_" + id + "_00000001"},
                                     {"priority", "high"},
                                     {"reasons", data.at("reasons")}});
  }

  [[nodiscard]] ledger::Verification verify(std::vector<std::string> skip = {}) {
    ledger::VerifyOptions options;
    options.deep = true;
    options.skip = std::move(skip);
    return ledger::verify(node.files, options);
  }
};

Json risky() {
  Json request = test::reading();
  request["risk"] = {{"security", 30}, {"privacy", 60}};
  request["data_classes"] = {"pii"};
  request["usage"] = {{"input_tokens", 1}, {"output_tokens", 2}, {"cost_micros", 3}};
  return request;
}

std::string failures(const ledger::Verification& found) {
  std::string failed;
  for (const auto& check : found.checks) {
    if (check.status == CheckStatus::fail) failed += check.name + ": " + check.detail + "\n";
  }
  return failed;
}

const ledger::CheckResult& redecide(const ledger::Verification& found) {
  for (const auto& check : found.checks) {
    if (check.name == "redecide") return check;
  }
  FAIL("no such check");
  return found.checks.front();
}

Change set_to(const std::string& pointer, const Json& value) {
  return [=](Json& data) { data[Json::json_pointer(pointer)] = value; };
}

Change ruled(const std::string& outcome, const std::string& code) {
  return [=](Json& data) {
    data.update({{"outcome", outcome}, {"reason_code", code}, {"reasons", {code}}});
  };
}

struct Lie {
  std::string member;
  Json request;
  Change change;
  Change request_change = {};
};

std::vector<Lie> lies() {
  return {
      {"outcome", test::dropping(), ruled("approved", "permitted")},
      {"outcome", test::reading(), ruled("denied", "forbidden")},
      {"reason_code", test::reading(), ruled("approved", "not_forbidden")},
      {"reasons", test::dropping(), set_to("/reasons", {"forbidden", "not_permitted"})},
      {"policy", test::reading(), set_to("/policy/matched", {"agents-drop"})},
      {"policy", test::reading(),
       [](Json& data) {
         data["policy"].update({{"matched", Json::array()}, {"matched_count", 0}});
       }},
      {"policy", test::shipping(), set_to("/policy/unmet", Json::array())},
      {"risk", risky(), set_to("/risk/score", 59)},
      {"risk", risky(), set_to("/risk", nullptr)},
      {"owners", test::reading(), set_to("/owners", {"actor:human:eve"})},
      {"reasoning", test::reading(), set_to("/reasoning", "because")},
      {"responsibility", test::reading(), set_to("/responsibility/level", "full")},
      {"data_classes", risky(), set_to("/data_classes", Json::array())},
      {"tenant", test::reading(), set_to("/tenant", "other")},
      {"usage", risky(), set_to("/usage/cost_micros", 4)},
      {"tool", test::reading(), {}, set_to("/tool", "hammer")},
  };
}

}  // namespace

TEST_SUITE("ledger/redecide") {
  TEST_CASE("decisions as the judge gives them come out the same, and are counted") {
    Scene scene;
    for (const Json& request :
         {test::reading(), test::dropping(), test::paying(), test::shipping(), risky()}) {
      scene.decide(request);
    }
    scene.forge.end_transaction();
    scene.forge.build();
    const auto found = scene.verify();
    CHECK(failures(found).empty());
    CHECK(redecide(found).items == 5);
    CHECK(redecide(found).detail == "5 of 5 decisions re-decided");
    CHECK(ledger::to_json(found).at("redecided") ==
          Json{{"decisions", 5}, {"judged", 5}, {"erased", 0}, {"engine_unknown", 0}});
  }

  TEST_CASE("whatever a decision says that the judge would not is found by this check alone") {
    for (const Lie& lie : lies()) {
      CAPTURE(lie.member);
      Scene scene;
      scene.decide(test::reading());
      scene.decide(lie.request, lie.change, lie.request_change);
      scene.forge.end_transaction();
      scene.forge.build();
      const auto found = scene.verify();
      CHECK(found.verdict == Verdict::invalid);
      CHECK(failures(found) ==
            "redecide: entry_3: judged again, its `" + lie.member + "` comes out differently\n");
      CHECK(found.first_bad_seq.value_or(0) == 3);
      CHECK(failures(scene.verify({"redecide"})).empty());
    }
  }

  TEST_CASE("an activation that says of its files what they do not say is found") {
    for (const auto& [member, value] :
         {std::pair{"mode", "permissive"}, std::pair{"four_eyes", "single"}}) {
      CAPTURE(member);
      Scene scene(Json{{member, value}});
      scene.forge.build();
      const auto found = scene.verify();
      CHECK(found.verdict == Verdict::invalid);
      CHECK(failures(found) ==
            "redecide: entry_1: its `" + std::string(member) + "` is not that of its files\n");
      CHECK(failures(scene.verify({"redecide"})).empty());
    }
  }

  TEST_CASE("a sealed request that nobody could have made is found") {
    Scene scene;
    scene.decide(test::reading(), {}, set_to("/surprise", 1));
    scene.forge.end_transaction();
    scene.forge.build();
    CHECK(failures(scene.verify()).starts_with("redecide: entry_2: it cannot be judged again: "));
  }

  TEST_CASE("a decision of another engine is not judged, and said not to be") {
    Scene scene;
    scene.decide(test::reading(), set_to("/engine", "lexecon-judge/2"));
    scene.forge.end_transaction();
    scene.forge.build();
    const auto found = scene.verify();
    CHECK(failures(found).empty());
    CHECK(redecide(found).status == CheckStatus::not_run);
    CHECK(redecide(found).detail == "0 of 1 decisions re-decided, 1 engine_unknown");
  }

  TEST_CASE("a decision whose request was erased is counted and not judged") {
    Scene scene;
    scene.decide(test::reading());
    scene.decide(test::reading(), {}, {}, true);
    scene.forge.add(
        "sealed.erased",
        {{"legal_basis", "gdpr_17"}, {"requested_at", to_text(test::epoch)}, {"seqs", {3}}});
    scene.forge.end_transaction();
    scene.forge.build();
    const auto found = scene.verify({"approvals"});
    CHECK(failures(found).empty());
    CHECK(redecide(found).detail == "1 of 2 decisions re-decided, 1 erased");
  }

  TEST_CASE("without --deep no decision is judged, and the check says so") {
    Scene scene;
    scene.decide(test::dropping(), ruled("approved", "permitted"));
    scene.forge.end_transaction();
    scene.forge.build();
    const auto found = ledger::verify(scene.node.files, {});
    CHECK(found.verdict == Verdict::valid);
    CHECK(redecide(found).status == CheckStatus::not_run);
    CHECK(redecide(found).detail == "decisions not judged again (run with --deep)");
    CHECK_FALSE(found.redecided);
  }
}
