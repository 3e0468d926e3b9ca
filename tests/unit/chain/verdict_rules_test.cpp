#include "chain/verdict_rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"

using namespace lexecon;

namespace {

// As in the table of lexecon-policy(5).
const std::map<std::string, std::vector<std::string>>& table() {
  static const std::map<std::string, std::vector<std::string>> codes{
      {"denied",
       {"emergency_stop", "rate_limited", "budget_exceeded", "model_not_approved",
        "prompt_not_approved", "prohibited_content", "no_policy_in_force", "forbidden",
        "not_permitted", "requirement_denied", "condition_error"}},
      {"escalated",
       {"risk_threshold", "human_confirmation_required", "requirement_escalated",
        "condition_error"}},
      {"conditional", {"requirement_unmet", "condition_error"}},
      {"approved", {"human_confirmed", "permitted", "not_forbidden"}}};
  return codes;
}

bool is_guard(const std::string& code) {
  const auto& denied = table().at("denied");
  return std::find(denied.begin(), denied.begin() + 6, code) != denied.begin() + 6;
}

Json verdict(const std::string& outcome, const std::string& code) {
  return {
      {"facts", {{"guard", is_guard(code) ? Json(code) : Json()}}},
      {"outcome", outcome},
      {"policy", {{"hash", std::string(64, 'a')}, {"matched_count", 0}, {"unmet", Json::array()}}},
      {"reason_code", code},
      {"reasons", {code}},
      {"risk", nullptr}};
}

bool holds(const Json& data) {
  try {
    chain::verdict_rule(data, {"/data", 1});
    return true;
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return false;
  }
}

bool risk_holds(const Json& dimensions, int score, const char* level) {
  try {
    chain::risk_rule({{"dimensions", dimensions}, {"score", score}, {"level", level}}, {"/r", 1});
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

TEST_SUITE("chain/verdict_rules") {
  TEST_CASE("every outcome has the reason codes of its row and no others") {
    for (const auto& [outcome, own] : table()) {
      for (const auto& [other, codes] : table()) {
        for (const auto& code : codes) {
          CAPTURE(outcome);
          CAPTURE(code);
          const bool listed = std::find(own.begin(), own.end(), code) != own.end();
          CHECK(holds(verdict(outcome, code)) == listed);
        }
      }
      CHECK_FALSE(holds(verdict(outcome, "whatever")));
    }
  }

  TEST_CASE("the reasons begin with the deciding one, are known and stand once each") {
    Json data = verdict("denied", "forbidden");
    data["reasons"] = {"forbidden", "risk_threshold"};
    CHECK(holds(data));
    for (const Json& reasons : {Json::array(), Json{"risk_threshold", "forbidden"},
                                Json{"forbidden", "whatever"}, Json{"forbidden", "forbidden"}}) {
      data["reasons"] = reasons;
      CHECK_FALSE(holds(data));
    }
  }

  TEST_CASE("without a set there is no reason but no policy in force, or a guard") {
    for (const auto& [outcome, codes] : table()) {
      for (const auto& code : codes) {
        Json data = verdict(outcome, code);
        data["policy"]["hash"] = nullptr;
        CHECK(holds(data) == (code == "no_policy_in_force" || is_guard(code)));
      }
    }
    Json data = verdict("denied", "no_policy_in_force");
    data["policy"]["hash"] = nullptr;
    CHECK(holds(data));
    Json matched = data;
    matched["policy"]["matched_count"] = 1;
    CHECK_FALSE(holds(matched));
    Json scored = data;
    scored["risk"] = Json::object();
    CHECK_FALSE(holds(scored));
  }

  TEST_CASE("a guard is named by the facts exactly when it decided") {
    Json data = verdict("denied", "rate_limited");
    data["facts"]["guard"] = nullptr;
    CHECK_FALSE(holds(data));
    data["facts"]["guard"] = "emergency_stop";
    CHECK_FALSE(holds(data));
    data = verdict("denied", "forbidden");
    data["facts"]["guard"] = "rate_limited";
    CHECK_FALSE(holds(data));
  }

  TEST_CASE("a score is a mean of its dimensions, and a level one of its score") {
    CHECK(risk_holds({{"privacy", 10}, {"security", 90}}, 50, "medium"));
    CHECK(risk_holds({{"privacy", 10}}, 10, "critical"));
    CHECK_FALSE(risk_holds({{"security", 90}}, 5, "low"));
    CHECK_FALSE(risk_holds({{"privacy", 10}, {"security", 90}}, 91, "high"));
    CHECK(risk_holds({{"security", 0}}, 0, "low"));
    CHECK_FALSE(risk_holds({{"security", 0}}, 0, "medium"));
    CHECK(risk_holds({{"security", 97}}, 97, "low"));
    CHECK_FALSE(risk_holds({{"security", 98}}, 98, "low"));
    CHECK_FALSE(risk_holds({{"security", 100}}, 100, "high"));
  }
}
