#include "decision_text.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

std::string without_quotes(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '`'), text.end());
  return text;
}

std::string headline(const Json& document) {
  const bool recorded = document["recorded"].get<bool>();
  return without_quotes(shown(document, "reasoning")) + " (" +
         (recorded ? shown(document, "decision_id") : "dry run, not recorded") + ")\n";
}

std::string grounds(const Json& document) {
  auto line = "reason " + shown(document, "reason_code") + ", mode " +
              shown(document["policy"], "mode") + ", risk " + shown(document, "risk_level");
  const auto& risk = document["risk"];
  if (!risk.is_null()) line += " (" + shown(risk, "score") + ")";
  return line + "\n";
}

std::string worth(const Json& document) {
  std::string lines;
  if (!document["capability_token"].is_null()) {
    lines += "token " + shown(document, "capability_token") + "\n";
  }
  if (!document["escalation_id"].is_null()) {
    lines += "waits for a human: " + shown(document, "escalation_id") + "\n";
  }
  if (!document["held_by"].is_null()) {
    lines += "held now by " + shown(document, "held_by") + ": no token, nothing may be done\n";
  }
  for (const auto& id : document.value("overrides", Json::array())) {
    lines += "overridden: " + shown(id) + "\n";
  }
  const auto unmet = document["conditions"].get<std::vector<std::string>>();
  if (!unmet.empty()) lines += "unmet: " + join(unmet, ", ") + "\n";
  return lines;
}

std::string record(const Json& document) {
  if (!document["recorded"].get<bool>()) return {};
  auto line =
      std::string(document["replayed"].get<bool>() ? "recorded before as " : "recorded as ") +
      shown(document, "ledger_entry_id");
  if (!document["checkpoint"].is_null()) {
    line += ", in the tree of size " + shown(document["checkpoint"], "tree_size");
  }
  return line + "\n";
}

std::string trace(const Json& document) {
  const auto steps = document.find("trace");
  if (steps == document.end()) return {};
  std::string lines;
  for (const auto& step : *steps) {
    lines += "  " + shown(step, "effect") + "  " + shown(step, "relation");
    const auto objects = step["objects"].get<std::vector<std::string>>();
    if (!objects.empty()) lines += "  " + join(objects, ", ");
    if (!step["detail"].get_ref<const std::string&>().empty())
      lines += "  " + shown(step, "detail");
    lines += "\n";
  }
  const auto idle = document["files_not_in_force"].get<std::vector<std::string>>();
  if (!idle.empty()) lines += "  not in force: " + join(idle, ", ") + "\n";
  return lines;
}

}  // namespace

std::string decision_text(const Json& document) {
  return headline(document) + grounds(document) + worth(document) + record(document) +
         trace(document);
}

std::vector<std::string> decision_row(const Json& document) {
  return {shown(document, "seq"),         shown(document, "timestamp"),  shown(document, "outcome"),
          shown(document, "reason_code"), shown(document, "actor"),      shown(document, "action"),
          shown(document, "resource"),    shown(document, "decision_id")};
}

}  // namespace lexecon::cli
