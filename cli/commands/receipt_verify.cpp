// lexecon receipt verify: whether a receipt proves what it says; needs no node.
#include <optional>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "package/receipt.hpp"
#include "pins.hpp"

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

ExitCode run(const Arguments& given, Context& context) {
  std::vector<crypto::Pin> pins;
  for (const auto& each : given.texts("--key")) pins.push_back(read_pin(each, context));
  const auto read = [&](const std::string& file) {
    return context.read_input(file, package::max_receipt_bytes);
  };
  const auto bytes = read(given.text("FILE").value_or(""));
  std::optional<std::string> previous;
  if (const auto file = given.text("--previous")) previous = read(*file);
  const auto check = package::check_receipt(bytes, pins, previous);
  context.answer(package::to_json(check), text_of);
  return exit_code(check.verdict);
}

}  // namespace

const Command receipt_verify{
    .name = "receipt verify",
    .summary = "Check a receipt under a pinned key; needs no node",
    .positionals = {{"FILE", "The receipt, or - for standard input"}},
    .options = {{"--key", "PIN",
                 "The log's key, a vkey or a key file; one of them must have signed", true},
                {"--previous", "FILE", "The receipt that an ACTA receipt names before it"}},
    .examples = {"lexecon receipt make genesis -o - | lexecon receipt verify - --key "
                 ".lexecon/keys/ledger.pub"},
    .run = run,
};

}  // namespace lexecon::cli
