// lexecon policy list: every activation of a set.
#include "commands.hpp"
#include "context.hpp"
#include "listing.hpp"
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
  const auto node = service::open_node(context.node());
  list(given, context, {"lexecon.policy_sets/1", "sets", text_of}, [&](const Show& show) {
    const auto sets = service::list_sets(node);
    for (const auto& set : sets) show(service::to_json(set, set.seq == sets.back().seq));
  });
  return ExitCode::yes;
}

}  // namespace

const Command policy_list{
    .name = "policy list",
    .summary = "List every set that was activated, oldest first",
    .options = with_format({}),
    .examples = {"lexecon policy list", "lexecon policy list --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
