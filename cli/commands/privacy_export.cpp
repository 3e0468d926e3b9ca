// lexecon privacy export: what is held about a subject.
#include "base/error.hpp"
#include "base/files.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "json/json.hpp"
#include "output.hpp"
#include "service/privacy.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

std::string lines_of(const Json& document) {
  std::string out;
  for (const auto& each : document["entries"]) out += json_text(each, false);
  return out;
}

std::string text_of(const Json& document) {
  const auto& counts = document["counts"];
  const auto& recorded = document["recorded"];
  auto out = facts({{"subject", shown(document, "subject")},
                    {"log", shown(document["log"], "origin")},
                    {"size", shown(document["log"], "tree_size")},
                    {"entries", shown(counts, "entries")},
                    {"sealed", shown(counts, "sealed") + ", " + shown(counts, "disclosed") +
                                   " disclosed, " + shown(counts, "erased") + " erased"},
                    {"recorded", recorded.is_null() ? "nothing was given out"
                                                    : shown(recorded, "ledger_entry_id")}});
  std::vector<std::vector<std::string>> rows{{"ENTRY", "TIME", "TYPE", "ACTOR", "SEALED"}};
  for (const auto& each : document["entries"]) {
    const auto& entry = each["entry"];
    rows.push_back({shown(entry, "entry_id"), shown(entry, "timestamp"), shown(entry, "event_type"),
                    shown(entry, "actor"), shown(each, "sealed_state")});
  }
  return out + table(rows) + "the document has them whole: --json, or -o PATH\n";
}

/// Before anything is signed: what it gives out must have a place to go to.
std::optional<Path> place_from(const Arguments& given) {
  const auto typed = given.text("--output");
  if (!typed || *typed == "-") return std::nullopt;
  const auto path = std::filesystem::absolute(*typed);
  std::error_code failed;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, failed))) {
    throw Error(ErrorCode::cannot_create, "something is there already", path.string());
  }
  if (!std::filesystem::is_directory(path.parent_path(), failed)) {
    throw Error(ErrorCode::cannot_create, "no such directory", path.parent_path().string());
  }
  return path;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto place = place_from(given);
  const bool is_lines = given.text("--format") == "jsonl";
  if (is_lines && context.wants_json() && !place) {
    throw Error(ErrorCode::usage, "expected --format or --json, seen both");
  }
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  const auto document =
      service::privacy_export(node, given.text("SUBJECT").value_or(""),
                              given.text("--disclose") != "none", signer, context.session());
  if (place) {
    write_new_file(*place, is_lines ? lines_of(document) : json_text(document, false),
                   Access::private_to_owner);
    context.note("written: " + place->string());
  } else if (is_lines) {
    context.print(lines_of(document));
  } else if (given.text("--output") == "-") {
    context.print(json_text(document, false));
  } else {
    context.answer(document, text_of);
  }
  return ExitCode::yes;
}

}  // namespace

const Command privacy_export{
    .name = "privacy export",
    .summary = "Give out what is held about an actor, a tenant or a resource",
    .positionals = {{"SUBJECT", "actor:TYPE:ID, operator:ID, tenant:ID or resource:CLASS:PATH"}},
    .options = with_signing(
        {{"--disclose", "WHAT", "With what is sealed, or without", false, "none|sealed"},
         {"--format", "FORMAT", "One document, or one a line", false, "json|jsonl"},
         {"--output",
          "PATH",
          "Where, or - for standard output; nothing may be there yet",
          false,
          {},
          "-o"}}),
    .examples = {"lexecon privacy export actor:ai_agent:deployer --disclose none",
                 "lexecon privacy export actor:ai_agent:deployer -o held.json --as bob "
                 "--sign-with bob"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
