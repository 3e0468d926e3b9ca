// lexecon policy list: every activation of a set.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "service/sets.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{{"SEQ", "ACTIVATED", "MODE", "FILES", "STATE", "SET"}};
  for (const auto& set : document["sets"]) {
    rows.push_back({shown(set, "seq"), shown(set, "activated_at"), shown(set, "mode"),
                    std::to_string(set["files"].size()), set["active"].get<bool>() ? "active" : "-",
                    shown(set, "policy_hash")});
  }
  return rows.size() == 1 ? "no set was ever activated\n" : table(rows);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto format = given.text("--format");
  if (format && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected --format or --json, seen both");
  }
  const auto sets = service::list_sets(service::open_node(context.node()));
  auto documents = Json::array();
  for (const auto& set : sets) {
    documents.push_back(service::to_json(set, set.seq == sets.back().seq));
  }
  if (format == "jsonl") {
    for (const auto& each : documents) context.print(json_text(each, false));
    return ExitCode::yes;
  }
  context.answer({{"schema", "lexecon.policy_sets/1"}, {"sets", documents}}, text_of);
  return ExitCode::yes;
}

}  // namespace

const Command policy_list{
    .name = "policy list",
    .summary = "List every set that was activated, oldest first",
    .options = {{"--format", "FORMAT", "A table, or one document a line", false, "table|jsonl"}},
    .examples = {"lexecon policy list", "lexecon policy list --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
