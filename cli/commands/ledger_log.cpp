// lexecon ledger log: the entries, as a table or byte for byte.
#include "chain/entry.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "entry_text.hpp"
#include "filters.hpp"
#include "json/parse.hpp"
#include "listing.hpp"
#include "output.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

std::string log_table(const Json& document) {
  std::vector<std::vector<std::string>> rows{{"SEQ", "TIME", "TYPE", "ACTOR", "WHAT"}};
  for (const auto& each : document["entries"]) {
    const auto& entry = each["entry"];
    rows.push_back({shown(entry, "seq"), shown(entry, "timestamp"), shown(entry, "event_type"),
                    shown(entry, "actor"), subject(entry["data"])});
  }
  return rows.size() == 1 ? "no entries\n" : table(rows);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto asked = entry_filter(given, context.session().now);
  const auto node = service::open_node(context.node());
  auto database = service::open_ledger(node);
  const auto filter = with_tokens(asked, database);
  const bool is_lines = prints_lines(given, context);
  if (is_lines) {
    ledger::each_entry(database, filter, [&context](const ledger::StoredEntry& each) {
      context.print(each.bytes + "\n");
    });
    return ExitCode::yes;
  }
  Json entries = Json::array();
  ledger::each_entry(database, filter, [&entries](const ledger::StoredEntry& each) {
    entries.push_back({{"entry", json::parse(each.bytes, chain::entry_id(each.entry.seq))},
                       {"entry_hash", each.hash.hex()}});
  });
  context.answer({{"schema", "lexecon.log/1"}, {"entries", entries}}, log_table);
  return ExitCode::yes;
}

}  // namespace

const Command ledger_log{
    .name = "ledger log",
    .summary = "Print the entries of the ledger, oldest first",
    .options =
        with_filters({{"--format", "FORMAT", "A table, or the stored bytes of one entry a line",
                       false, "table|jsonl"}}),
    .examples = {"lexecon ledger log --limit 10 --reverse",
                 "lexecon ledger log --type decision --outcome denied",
                 "lexecon ledger log --format jsonl > entries.jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
