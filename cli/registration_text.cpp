#include "registration_text.hpp"

#include <utility>
#include <vector>

#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

std::string step_text(const Json& step) {
  auto text = shown(step, "timestamp") + " by " + shown(step["approval"], "operator") + ", " +
              shown(step["approval"], "role") + ", " + shown(step, "ledger_entry_id");
  if (!step["expires_at"].is_null()) text += ", until " + shown(step, "expires_at");
  if (!step["provider_change"].is_null()) {
    text += ", Art. 25(1): " + shown(step, "provider_change");
  }
  if (!step["reason"].is_null()) text += ", " + shown(step, "reason");
  if (!step["four_eyes"].get<bool>()) text += ", WITHOUT FOUR EYES";
  if (step["erased"].get<bool>()) return text + ": erased";
  return step["text"].is_null() ? text : text + ": " + shown(step, "text");
}

}  // namespace

std::string registration_text(const Json& document) {
  std::vector<std::pair<std::string, std::string>> pairs{
      {shown(document, "kind"), shown(document, "id")},
      {"state", shown(document, "state")},
      {"digest", "sha256:" + shown(document, "digest")}};
  if (!document["expires_at"].is_null()) pairs.emplace_back("until", shown(document, "expires_at"));
  if (!document["file"].is_null()) pairs.emplace_back("file", shown(document, "file"));
  for (const auto& step : document["history"]) {
    pairs.emplace_back(shown(step, "event"), step_text(step));
  }
  return facts(pairs);
}

std::string registration_table(const Json& documents) {
  std::vector<std::vector<std::string>> rows{{"SEQ", "TIME", "STATE", "UNTIL", "BY", "ID"}};
  for (const auto& each : documents) {
    rows.push_back({shown(each, "seq"), shown(each, "timestamp"), shown(each, "state"),
                    shown(each, "expires_at"), shown(each["history"][0]["approval"], "operator"),
                    shown(each, "id")});
  }
  return rows.size() == 1 ? "nothing is registered\n" : table(rows);
}

}  // namespace lexecon::cli
