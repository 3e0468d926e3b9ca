#include "decision/retention.hpp"

#include <doctest/doctest.h>

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "decision/node_config.hpp"
#include "json/json.hpp"
#include "support/support.hpp"

using namespace lexecon;
using namespace lexecon::decision;

namespace {

const std::string head = "id: node-1\nretention:\n";
const std::string logs =
    "{name: logs, applies: {high_risk_system: true}, keep: 6mo, basis: a, law: b, floor: true, "
    "gives_way_to: ['gdpr:17'], then: keep}";

RetentionRules rules_of(const std::string& classes, const std::string& declared = "") {
  return load_retention(head + declared + "  classes: [" + classes + "]\n", "node.yaml");
}
std::string refusal(const std::string& text) {
  try {
    (void)load_node_config(head + text, "node.yaml");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    CHECK(error.where().starts_with("node.yaml:"));
    return error.message();
  }
  return {};
}
std::string refused_class(const std::string& members) {
  return refusal("  classes: [{" + members + "}]\n");
}

chain::Entry decision_of(const std::string& actor, const std::string& at) {
  chain::Entry entry;
  entry.event_type = "decision";
  entry.actor = "actor:" + actor;
  entry.timestamp = *parse_time(at);
  entry.data = {{"action", "action:git:push"}, {"data_classes", {"data:personal", "data:phi"}}};
  return entry;
}
std::string end_of(const std::optional<Period>& period) {
  return period ? period->of->name + " " + to_text_seconds(period->end) : "never";
}

}  // namespace

TEST_SUITE("decision/retention") {
  TEST_CASE("six months and ten years are by the calendar") {
    const auto rules =
        rules_of(logs +
                     ", {name: documents, applies: {event_types: [decision]}, keep: 10y, "
                     "from: placed_on_market, basis: c, law: d, floor: true, then: keep}",
                 "  high_risk_systems: ['actor:agent:*']\n  placed_on_market: 2024-02-29\n");
    const auto entry = decision_of("agent:x", "2026-08-31T12:00:00Z");
    const auto periods = periods_of(rules, entry);
    REQUIRE(periods.size() == 2);
    CHECK(to_text_seconds(periods[0].end) == "2027-02-28T12:00:00Z");
    CHECK(to_text_seconds(periods[1].end) == "2034-02-28T00:00:00Z");
    CHECK(end_of(floor_of(rules, entry, "gdpr:17")) == "documents 2034-02-28T00:00:00Z");
    CHECK(end_of(expiry_of(rules, entry)) == "never");
    const auto other = decision_of("human:x", "2026-08-31T12:00:00Z");
    CHECK(periods_of(rules, other).size() == 1);
  }

  TEST_CASE("a floor gives way to the bases that it names, and to no other") {
    const auto rules = rules_of(logs, "  high_risk_systems: ['actor:agent:x']\n");
    const auto entry = decision_of("agent:x", "2026-01-01T00:00:00Z");
    CHECK(end_of(floor_of(rules, entry, "retention")) == "logs 2026-07-01T00:00:00Z");
    CHECK(end_of(floor_of(rules, entry, "gdpr:17")) == "never");
    CHECK(end_of(floor_of(rules, entry, "gdpr:18")) == "logs 2026-07-01T00:00:00Z");
    CHECK(end_of(floor_of(rules, decision_of("agent:y", "2026-01-01T00:00:00Z"), "x")) == "never");
  }

  TEST_CASE("content expires at the end of the last class that erases or is a floor") {
    const std::string any = "applies: {event_types: [decision]}, basis: a, law: b, ";
    const std::string day = "{name: day, " + any + "keep: 1d, then: erase}";
    const std::string week = "{name: week, " + any + "keep: 1w, then: erase}";
    const std::string year = "{name: year, " + any + "keep: 1y, floor: true, then: keep}";
    const auto entry = decision_of("agent:x", "2026-01-01T00:00:00Z");
    const auto expiry = [&](const std::string& classes) {
      return end_of(expiry_of(rules_of(classes), entry));
    };
    CHECK(expiry(day) == "day 2026-01-02T00:00:00Z");
    CHECK(expiry(day + "," + week) == "week 2026-01-08T00:00:00Z");
    CHECK(expiry(week + "," + year) == "year 2027-01-01T00:00:00Z");
    CHECK(expiry(year) == "never");
    CHECK(expiry("") == "never");
  }

  TEST_CASE("a class applies where everything fits that it asks for") {
    const auto applies = [](const std::string& what, const chain::Entry& entry) {
      return !periods_of(rules_of("{name: x, applies: {" + what +
                                  "}, keep: 1d, basis: a, law: b, then: erase}"),
                         entry)
                  .empty();
    };
    auto entry = decision_of("agent:x", "2026-01-01T00:00:00Z");
    for (const auto* what :
         {"event_types: [token.used, decision]", "actors: ['actor:agent:*']",
          "actors: ['actor:agent:x']", "actions: ['action:git:*']", "data_classes: ['data:phi']",
          "evidence_types: [decision_log]", "actors: ['actor:agent:*'], event_types: [decision]"}) {
      CAPTURE(what);
      CHECK(applies(what, entry));
    }
    for (const auto* what : {"event_types: [token.used]", "actors: ['actor:agent']",
                             "actors: ['actor:agent:xy']", "actions: ['action:git:pull']",
                             "data_classes: ['data:ph']", "evidence_types: [screenshot]",
                             "actors: ['actor:agent:*'], event_types: [evidence.added]"}) {
      CAPTURE(what);
      CHECK_FALSE(applies(what, entry));
    }
    entry.event_type = "evidence.added";
    entry.data = {{"type", "screenshot"}};
    CHECK(applies("evidence_types: [screenshot]", entry));
    CHECK_FALSE(applies("actions: ['action:git:*']", entry));
    CHECK_FALSE(applies("data_classes: ['data:phi']", entry));
  }

  TEST_CASE("what cannot mean what it says is refused") {
    const std::string good = "name: x, applies: {event_types: [decision]}, basis: a, law: b, ";
    CHECK(refused_class(good + "keep: 1d, then: erase") == "");
    CHECK(refused_class(good + "keep: 1d, then: keep") ==
          "a class that is no floor and does not erase says nothing");
    CHECK(refused_class(good + "keep: 180, then: erase").find("keep") != std::string::npos);
    CHECK(refused_class(good + "keep: 1d, then: burn") ==
          "expected erase or keep as then, found `burn`");
    CHECK(refused_class(good + "keep: 1d, then: erase, gives_way_to: [a]") ==
          "only a floor gives way");
    CHECK(refused_class(good + "keep: 1d, then: erase, floor: true, gives_way_to: [retention]") ==
          "a floor does not give way to the end of another period");
    CHECK(refused_class(good + "keep: 1d, then: erase, from: yesterday") ==
          "expected recorded, placed_on_market or a date as from, found `yesterday`");
    CHECK(refused_class(good + "keep: 1d, then: erase, from: 2026-02-30") != "");
    CHECK(refused_class(good + "keep: 1d, then: erase, from: placed_on_market") ==
          "the class counts from placing on the market, and nobody said when");
    CHECK(refused_class(good + "keep: 1d, then: erase, floor: yes please") != "");
    CHECK(refused_class(good + "keep: 1d, then: erase, until: 1d") != "");
    CHECK(refused_class(good + "keep: 1d") != "");
    CHECK(refused_class("name: x, applies: {}, keep: 1d, basis: a, law: b, then: erase") ==
          "expected what the class applies to");
    CHECK(refused_class("name: x, applies: {actors: [x]}, keep: 1d, basis: a, law: b, then: erase")
              .starts_with("bad pattern `x` of actors"));
    CHECK(refused_class("name: x, applies: {high_risk_system: true}, keep: 1d, basis: a, law: b, "
                        "then: erase") ==
          "the class is for high-risk systems, and nobody said which those are");
    const std::string twice = "{" + good + "keep: 1d, then: erase}";
    CHECK(refusal("  classes: [" + twice + ", " + twice + "]\n") == "the class `x` is there twice");
    CHECK(refusal("  clases: []\n") != "");
  }

  TEST_CASE("the classes that come with the program load, each with the law that asks for it") {
    std::size_t found = 0;
    for (const auto& file : embedded_files()) {
      if (file.path != "policies/retention.yaml") continue;
      const auto rules = load_retention(file.bytes, std::string(file.path));
      for (const auto& each : rules.classes) {
        CAPTURE(each.name);
        CHECK(each.is_floor);
        CHECK_FALSE(each.erases);
        CHECK(each.keep.months > 0);
        ++found;
      }
    }
    CHECK(found == 4);
  }
}
