#include "override_text.hpp"

#include <utility>
#include <vector>

#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string state_of(const Json& document) {
  const auto& state = document["state"].get_ref<const std::string&>();
  if (state == "waiting") return "waits for an activation: lexecon policy activate --enacts";
  if (state == "in_force") return "in force";
  if (document["ended_by"].is_null()) return state;
  return state + " by " + shown(document, "ended_by");
}

void add_each(Pairs& pairs, const std::string& name, const Json& values) {
  for (const auto& each : values) pairs.emplace_back(name, shown(each));
}

}  // namespace

std::string override_text(const Json& document) {
  const Json& approval = document["approval"];
  Pairs pairs{{"override", shown(document, "override_id")},
              {"decision", shown(document, "decision_id")},
              {"was", shown(document, "original_outcome") + " (" +
                          shown(document, "original_reason_code") + ")"},
              {"is", shown(document, "new_outcome")},
              {"type", shown(document, "type")},
              {"scope", shown(document, "scope")},
              {"state", state_of(document)}};
  if (!document["expires_at"].is_null()) pairs.emplace_back("until", shown(document, "expires_at"));
  add_each(pairs, "lifts", document["relations"]);
  pairs.emplace_back("by", shown(approval, "operator") + ", " + shown(approval, "role"));
  pairs.emplace_back("why",
                     document["erased"].get<bool>() ? "erased" : shown(document, "justification"));
  pairs.emplace_back("at", shown(document, "timestamp"));
  pairs.emplace_back("entry", shown(document, "ledger_entry_id"));
  add_each(pairs, "touched", document["decisions"]);
  if (document.contains("revoked_tokens")) add_each(pairs, "revoked", document["revoked_tokens"]);
  return facts(pairs);
}

std::string override_table(const Json& documents) {
  std::vector<std::vector<std::string>> rows{
      {"SEQ", "TIME", "STATE", "IS", "SCOPE", "TYPE", "BY", "OVERRIDE"}};
  for (const auto& each : documents) {
    rows.push_back({shown(each, "seq"), shown(each, "timestamp"), shown(each, "state"),
                    shown(each, "new_outcome"), shown(each, "scope"), shown(each, "type"),
                    shown(each["approval"], "operator"), shown(each, "override_id")});
  }
  return rows.size() == 1 ? "no overrides\n" : table(rows);
}

}  // namespace lexecon::cli
