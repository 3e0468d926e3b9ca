#include "receipt_text.hpp"

#include <utility>

#include "base/text.hpp"
#include "json/json.hpp"
#include "output.hpp"
#include "package/receipt.hpp"

namespace lexecon::cli {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

/// The first line of a valid receipt: what is proven, and what is not.
std::string proven(const Json& document) {
  if (document["format"] == "acta") {
    return ": signed by " + shown(document, "signed_by") + "; that it is in a log is not proven";
  }
  const auto& tree = document["tree"];
  return ": " + shown(document["entry"], "entry_id") + " is in the signed tree of " +
         shown(tree, "tree_size") + " entries of " + shown(tree, "origin") +
         "; what followed it is not proven";
}

Lines said_by_entry(const Json& entry) {
  Lines lines;
  for (const auto* name : {"event_type", "timestamp", "actor", "decision_id", "action", "resource",
                           "outcome", "entry_hash"}) {
    if (!entry[name].is_null()) lines.emplace_back(name, shown(entry, name));
  }
  return lines;
}

Lines said_by_acta(const Json& acta) {
  Lines lines;
  const auto& payload = acta["payload"];
  for (const auto* name :
       {"type", "issued_at", "issuer_id", "action_ref", "decision", "tool_name", "reason"}) {
    if (payload.contains(name) && payload[name].is_string()) {
      lines.emplace_back(name, shown(payload, name));
    }
  }
  return lines;
}

std::string text_of(const Json& document) {
  std::string out = shown(document, "verdict");
  if (!document["cause"].is_null()) out += ": " + shown(document, "cause");
  // What an invalid receipt says is nobody's word.
  const bool is_valid = document["verdict"] == "valid";
  const auto& acta = document["acta"];
  out += (is_valid ? proven(document) : "") + "\n";
  Lines lines;
  if (is_valid) lines = acta.is_null() ? said_by_entry(document["entry"]) : said_by_acta(acta);
  if (!acta.is_null() && !acta["unsigned"].empty()) {
    const std::vector<std::string> names = acta["unsigned"];
    lines.emplace_back("not signed", join(names, ", "));
  }
  out += facts(lines);
  if (document["checks"].empty()) return out;
  std::vector<std::vector<std::string>> rows{{"CHECK", "STATUS", "WHERE", "DETAIL"}};
  for (const auto& check : document["checks"]) {
    rows.push_back({shown(check, "name"), shown(check, "status"), shown(check, "where"),
                    shown(check, "detail")});
  }
  return out + table(rows);
}

}  // namespace

ExitCode answer_receipt(const std::string& bytes, const std::vector<crypto::Pin>& pins,
                        const std::optional<std::string>& previous, Context& context) {
  const auto check = package::check_receipt(bytes, pins, previous);
  context.answer(package::to_json(check), text_of);
  return exit_code(check.verdict);
}

}  // namespace lexecon::cli
