#include "compliance/selection.hpp"

#include <doctest/doctest.h>

#include "json/slices.hpp"
#include "support/log_lines.hpp"
#include "support/support.hpp"

using namespace lexecon;
using compliance::IdTable;
using compliance::Profile;
using compliance::Selection;

namespace {

Profile profile(const std::string& system, std::vector<std::string> actors,
                std::vector<std::string> models = {}) {
  Profile out;
  out.system = system;
  out.actors = std::move(actors);
  out.models = std::move(models);
  return out;
}

std::string decision_id(int number) {
  return "dec_01JNX8A000000000000000000" + std::to_string(number);
}
std::string jti(int number) { return "tok_" + std::string(31, '0') + std::to_string(number); }

/// What a selection says of one entry after the other: S selected, N node-wide, U unselected.
struct Reader {
  Reader(std::vector<Profile> profiles, const std::optional<std::string>& system)
      : selection(std::move(profiles), system) {}

  std::string read(const std::string& event_type, const Json& data) {
    const auto line = test::log_line(++seq, event_type, data);
    const auto place = selection.place_of(line.view(), json::slice(line.bytes, "data"));
    return std::string(place.selected ? "S" : "") + (place.node_wide ? "N" : "") +
           (place.unselected ? "U" : "");
  }
  std::string decide(int number, const std::string& actor) {
    return read("decision", {{"actor", actor},
                             {"decision_id", decision_id(number)},
                             {"model", "m@1"},
                             {"tenant", nullptr},
                             {"token", {{"jti", jti(number)}}},
                             {"tool", nullptr}});
  }
  std::string about(const std::string& event_type, int number) {
    return read(event_type, {{"decision_id", decision_id(number)}});
  }

  std::uint64_t seq = 0;
  Selection selection;
};

std::vector<Profile> two() {
  return {profile("a", {"actor:agent:a*"}, {"m@*"}), profile("b", {"actor:agent:b"})};
}

}  // namespace

TEST_SUITE("compliance/selection") {
  TEST_CASE("a decision is of the systems whose profiles select it, and what hangs on it follows") {
    Reader a(two(), "a");
    CHECK(a.decide(1, "actor:agent:a1") == "S");
    CHECK(a.decide(2, "actor:agent:b").empty());
    CHECK(a.decide(3, "actor:agent:c") == "U");
    for (const auto* type :
         {"escalation.created", "override.created", "evidence.linked", "limit.tripped",
          "responsibility.assigned", "gate.checked", "decision.confirmed"}) {
      CAPTURE(type);
      CHECK(a.about(type, 1) == "S");
      CHECK(a.about(type, 2).empty());
      CHECK(a.about(type, 3) == "U");
    }
    CHECK(a.read("token.used", {{"jti", jti(1)}}) == "S");
    CHECK(a.read("token.revoked", {{"jti", jti(3)}}) == "U");
    CHECK(a.read("override.enacted", {{"override_id", "ovr_" + decision_id(1) + "_0123abcd"}}) ==
          "S");
  }

  TEST_CASE("of a decision that is not here nothing is known") {
    Reader a(two(), "a");
    CHECK(a.about("escalation.resolved", 9).empty());
    CHECK(a.read("token.used", {{"jti", jti(9)}}).empty());
  }

  TEST_CASE("what is of no decision governs every system") {
    Reader a(two(), "a");
    CHECK(a.read("policy.activated", Json::object()) == "N");
    CHECK(a.read("evidence.linked", {{"control", "book:one"}, {"decision_id", nullptr}}) == "N");
    CHECK(a.read("oversight.stopped", {{"scope", "all"}}) == "N");
  }

  TEST_CASE("models are of the systems that name them, or of all") {
    Reader a(two(), "a");
    Reader b(two(), "b");
    CHECK(a.read("model.approved", {{"model", "m@2"}}) == "S");
    CHECK(a.read("model.approved", {{"model", "other@1"}}).empty());
    CHECK(b.read("model.approved", {{"model", "other@1"}}) == "N");
  }

  TEST_CASE("profiles, statements, incidents and reports are of the system that they name") {
    Reader a(two(), "a");
    CHECK(a.read("profile.set", {{"system", "a"}}) == "S");
    CHECK(a.read("compliance.declared", {{"system", "b"}}).empty());
    CHECK(a.read("compliance.declared", {{"system", nullptr}}) == "N");
    CHECK(a.read("incident.recorded", {{"incident_id", "inc_1"}, {"system", "b"}}).empty());
    CHECK(a.read("incident.reported", {{"incident_id", "inc_1"}}).empty());
    CHECK(a.read("incident.recorded", {{"incident_id", "inc_2"}, {"system", "a"}}) == "S");
    CHECK(a.read("incident.closed", {{"incident_id", "inc_2"}}) == "S");
  }

  TEST_CASE("of the whole node every decision is selected, whether or not a profile does") {
    Reader node(two(), std::nullopt);
    CHECK(node.decide(1, "actor:agent:a1") == "S");
    CHECK(node.decide(3, "actor:agent:c") == "SU");
    CHECK(node.read("profile.set", {{"system", "b"}}) == "S");
    Reader bare({}, std::nullopt);
    CHECK(bare.decide(1, "actor:agent:a1") == "SU");
  }

  TEST_CASE("a table of ids knows what it was told of each, and of no other") {
    test::Random random(test::first_seed());
    IdTable table;
    std::map<package::ShortId, std::uint8_t> model;
    for (int i = 0; i < 2'000; ++i) {
      const package::ShortId id{static_cast<std::uint64_t>(random.between(0, 59)),
                                static_cast<std::uint64_t>(random.between(0, 59))};
      const auto value = static_cast<std::uint8_t>(random.between(0, 3));
      table.put(id, value);
      model[id] = value;
    }
    for (std::uint64_t high = 0; high < 60; ++high) {
      for (std::uint64_t low = 0; low < 60; ++low) {
        const auto known = model.find({high, low});
        const auto found = table.find({high, low});
        REQUIRE(found.has_value() == (known != model.end()));
        if (found) REQUIRE(*found == known->second);
      }
    }
  }
}
