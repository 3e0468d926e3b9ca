// lexecon ledger import: another log's package, verified and made part of this log.
#include "commands.hpp"
#include "context.hpp"
#include "json/json.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "service/import.hpp"
#include "verification_text.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  if (document["ledger_entry_id"].is_null()) return package_text(document) + "not taken in\n";
  const auto& package = document["package"];
  const auto& head = document["head"];
  const auto& last = document["last"];
  return facts({{"taken in", shown(package, "export_id")},
                {"log", shown(head, "origin")},
                {"size", shown(head, "tree_size")},
                {"root", shown(head, "root_hash")},
                {"before", last.is_null() ? "nothing of this log"
                                          : shown(last, "tree_size") +
                                                " entries, of which it is an extension"},
                {"recorded", shown(document, "ledger_entry_id")}});
}

ExitCode run(const Arguments& given, Context& context) {
  Progress progress(context, "entries verified");
  const auto options = verify_options(given, context, progress);
  const auto node = service::open_node(context.node());
  const auto answer =
      service::import_package(node, given.text("PACKAGE").value_or(""), options, context.session());
  context.answer(service::to_json(answer), text_of);
  return exit_code(answer.found.log.verdict);
}

}  // namespace

const Command ledger_import{
    .name = "ledger import",
    .summary = "Verify another log's package, and make its head part of this log",
    .positionals = {{"PACKAGE", "The folder or the tar that export wrote"}},
    .options = {{"--against", "FILE", "A checkpoint kept elsewhere that must be in that log", true},
                {"--key", "PIN", "That log's key; the one of before unless given", true}},
    .examples = {"lexecon --node other export -o theirs; lexecon ledger import theirs --key "
                 "other/keys/ledger.pub"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
