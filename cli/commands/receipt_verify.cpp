// lexecon receipt verify: whether a receipt proves what it says; needs no node.
#include <vector>

#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "package/receipt.hpp"
#include "pins.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  std::string out = shown(document, "verdict");
  if (!document["cause"].is_null()) out += ": " + shown(document, "cause");
  const bool is_valid = document["verdict"] == "valid";
  const auto& entry = document["entry"];
  const auto& tree = document["tree"];
  if (is_valid) {
    out += ": " + shown(entry, "entry_id") + " is in the signed tree of " +
           shown(tree, "tree_size") + " entries of " + shown(tree, "origin") +
           "; what followed it is not proven";
  }
  out += "\n";
  // What an invalid receipt says is nobody's word.
  if (is_valid) {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const auto* name : {"event_type", "timestamp", "actor", "decision_id", "action",
                             "resource", "outcome", "entry_hash"}) {
      if (!entry[name].is_null()) lines.emplace_back(name, shown(entry, name));
    }
    out += facts(lines);
  }
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
  const auto bytes =
      context.read_input(given.text("FILE").value_or(""), package::max_receipt_bytes);
  const auto check = package::check_receipt(bytes, pins);
  context.answer(package::to_json(check), text_of);
  return exit_code(check.verdict);
}

}  // namespace

const Command receipt_verify{
    .name = "receipt verify",
    .summary = "Check a receipt under a pinned key; needs no node",
    .positionals = {{"FILE", "The receipt, or - for standard input"}},
    .options = {{"--key", "PIN",
                 "The log's key, a vkey or a key file; one of them must have signed", true}},
    .examples = {"lexecon receipt make genesis -o - | lexecon receipt verify - --key "
                 ".lexecon/keys/ledger.pub"},
    .run = run,
};

}  // namespace lexecon::cli
