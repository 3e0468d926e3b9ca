#include "decision_text.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

/// The codes whose first deciding relation says more than the code alone.
bool names_a_relation(const std::string& code) {
  return code == "forbidden" || code == "permitted" || code == "condition_error" ||
         code.starts_with("requirement_");
}

std::string headline(const Json& document) {
  const auto& code = document["reason_code"].get_ref<const std::string&>();
  auto words = code;
  std::replace(words.begin(), words.end(), '_', ' ');
  auto line = shown(document, "outcome") + ": " + words;
  const auto& matched = document["policy"]["matched"];
  if (names_a_relation(code) && !matched.empty()) line += " by " + shown(matched.front());
  const bool recorded = document["recorded"].get<bool>();
  return line + " (" + (recorded ? shown(document, "decision_id") : "dry run, not recorded") +
         ")\n";
}

std::string worth(const Json& document) {
  std::string lines;
  if (!document["capability_token"].is_null()) {
    lines += "token " + shown(document, "capability_token") + "\n";
  }
  if (!document["escalation_id"].is_null()) {
    lines += "waits for a human: " + shown(document, "escalation_id") + "\n";
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
  return headline(document) + shown(document, "reasoning") + "\n" + worth(document) +
         record(document) + trace(document);
}

std::vector<std::string> decision_row(const Json& document) {
  return {shown(document, "seq"),         shown(document, "timestamp"),  shown(document, "outcome"),
          shown(document, "reason_code"), shown(document, "actor"),      shown(document, "action"),
          shown(document, "resource"),    shown(document, "decision_id")};
}

}  // namespace lexecon::cli
