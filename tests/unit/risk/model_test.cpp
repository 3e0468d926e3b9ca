#include "risk/model.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("risk/model");

namespace lexecon::risk {
namespace {

constexpr std::nullopt_t none = std::nullopt;

Dimensions only(Dimension dimension, int value) {
  Dimensions out{};
  out.at(static_cast<std::size_t>(dimension)) = value;
  return out;
}

Score score(const Model& model, const Dimensions& requested) {
  cel::Arena arena;
  return risk::score(model, requested, cel::Bindings{}, arena);
}

TEST_CASE("nothing scored has no score and an unknown level") {
  const auto result = score(Model{}, Dimensions{});
  CHECK_FALSE(result.score.has_value());
  CHECK(result.level == Level::unknown);
}

TEST_CASE("the score is the weighted mean of what was scored, rounded down") {
  struct Row {
    Dimensions dimensions;
    int score;
  };
  for (const auto& row : {
           Row{only(Dimension::financial, 77), 77}, Row{only(Dimension::security, 0), 0},
           Row{{100, 100, 100, 100, 100, 100}, 100},
           Row{{80, 20, none, none, none, none}, 53},  // 240,000 / 4,500 = 53.3
           Row{{100, 0, 0, 0, 0, 0}, 25},
           Row{{none, none, none, 90, none, 1}, 54},  // 136,000 / 2,500 = 54.4
           Row{{1, 1, 1, 1, 1, 0}, 0},                // 9,000 / 10,000
       }) {
    CHECK(score(Model{}, row.dimensions).score == row.score);
  }
}

TEST_CASE("levels begin where the model says") {
  const auto level_at = [](int value) {
    return to_string(score(Model{}, only(Dimension::privacy, value)).level);
  };
  CHECK(level_at(0) == "low");
  CHECK(level_at(25) == "low");
  CHECK(level_at(26) == "medium");
  CHECK(level_at(50) == "medium");
  CHECK(level_at(51) == "high");
  CHECK(level_at(79) == "high");
  CHECK(level_at(80) == "critical");
  CHECK(level_at(100) == "critical");
}

TEST_CASE("raising one scored dimension never lowers the score") {
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    CAPTURE(seed);
    test::Random random(seed);
    Dimensions dimensions{};
    for (auto& dimension : dimensions) {
      if (random.chance(60)) dimension = static_cast<int>(random.between(0, 100));
    }
    const auto before = score(Model{}, dimensions);
    for (auto& dimension : dimensions) {
      if (dimension) dimension = static_cast<int>(random.between(*dimension, 100));
    }
    const auto after = score(Model{}, dimensions);
    REQUIRE(after.score.value_or(-1) >= before.score.value_or(-1));
    REQUIRE(after.level >= before.level);
  }
}

TEST_CASE("every key of risk.yaml is optional") {
  const auto empty = load_model("{}", "risk.yaml");
  CHECK(empty.weights == Model{}.weights);
  CHECK(empty.escalate_from == 80);
  const auto set = load_model(
      "weights: {security: 5000, privacy: 1000, compliance: 1000, operational: 1000,\n"
      "          reputational: 1000, financial: 1000}\n"
      "levels: {high: 60}\n"
      "threshold: 55\nfactors: []\n",
      "risk.yaml");
  CHECK(set.weights[0] == 5000);
  CHECK(set.first_of_level == std::array{26, 60, 80});
  CHECK(set.escalate_from == 55);
}

TEST_CASE("factors fire on true and on faults, add up to 100, and the requester lowers nothing") {
  const auto model = load_model(
      "factors:\n"
      "  - {name: always, when: 'true', dimension: security, add: 70}\n"
      "  - {name: never, when: 'false', dimension: privacy, add: 90}\n"
      "  - {name: broken, when: context.missing == 1, dimension: security, add: 60}\n",
      "risk.yaml");
  cel::Arena arena;
  const auto alone = score(model, Dimensions{});
  CHECK(alone.dimensions == only(Dimension::security, 100));
  CHECK(alone.score == 100);
  REQUIRE(alone.factors.size() == 2);
  CHECK(alone.factors[0].name == "always");
  CHECK(alone.factors[0].fault.empty());
  CHECK(alone.factors[1].name == "broken");
  CHECK(alone.factors[1].fault == "`context` has no value at 1:1");
  // The mean over both dimensions would be 55; the model alone says 100.
  const auto both = score(model, only(Dimension::privacy, 0));
  CHECK(both.score == 100);
  CHECK(both.dimensions[1] == 0);
  CHECK(score(model, only(Dimension::security, 5)).dimensions[0] == 100);
}

TEST_CASE("a bad risk.yaml is refused with its place") {
  struct Row {
    const char* bytes;
    const char* where;
    const char* message;
  };
  const std::string six =
      "security: 2500, privacy: 2000, compliance: 2000, operational: 1500, reputational: 1000";
  const std::string short_sum = "weights: {" + six + ", financial: 999}\n";
  for (const auto& row : {
           Row{"threshhold: 3\n", "risk.yaml:1:1", "unknown key `threshhold`"},
           Row{"threshold: 101\n", "risk.yaml:1:12", "from 0 to 100"},
           Row{"threshold: 5.5\n", "risk.yaml:1:12", "an integer"},
           Row{"levels: {high: 20}\n", "risk.yaml:1:9", "levels that ascend"},
           Row{"levels: {low: 20}\n", "risk.yaml:1:10", "unknown key `low`"},
           Row{"weights: {security: 10000}\n", "risk.yaml:1:10", "`privacy` is missing"},
           Row{short_sum.c_str(), "risk.yaml:1:10", "sum to 10000, found 9999"},
           Row{"- 1\n", "risk.yaml:1:1", "expected a map"},
           Row{"factors:\n  - name: x\n    when: 'true'\n    add: 1\n", "risk.yaml:2:5",
               "`dimension` is missing"},
           Row{"factors: [{name: x, when: a &&, dimension: privacy, add: 1}]", "risk.yaml:1:31",
               "expected"},
           Row{"factors: [{name: x, when: risk.score > 1, dimension: privacy, add: 1}]",
               "risk.yaml:1:27", "a factor cannot read `risk`"},
           Row{"factors: [{name: x, when: 'true', dimension: privaci, add: 1}]", "risk.yaml:1:46",
               "expected one of security"},
           Row{"factors: [{name: x, when: 'true', dimension: privacy, add: 0}]", "risk.yaml:1:60",
               "from 1 to 100"},
           Row{"factors: [{name: 'a b', when: 'true', dimension: privacy, add: 1}]",
               "risk.yaml:1:18", "a factor's name"},
       }) {
    CAPTURE(row.bytes);
    try {
      static_cast<void>(load_model(row.bytes, "risk.yaml"));
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::bad_input);
      CHECK(error.where() == row.where);
      CHECK(error.message().find(row.message) != std::string::npos);
    }
  }
}

}  // namespace
}  // namespace lexecon::risk

TEST_SUITE_END();
