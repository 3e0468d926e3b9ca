// lexecon ledger stats: how much is on record, of what, from when to when.
#include <map>

#include "chain/checkpoint.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "ledger/archive.hpp"
#include "ledger/reader.hpp"
#include "output.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

struct Counts {
  std::uint64_t entries = 0;
  std::uint64_t archived = 0;
  std::uint64_t bytes = 0;
  std::map<std::string, std::uint64_t> types;
  Json first;
  Json last;
};

Counts count(store::Database& database) {
  Counts counts;
  counts.archived = ledger::count_archived(database);
  ledger::each_entry(database, {}, [&counts](const ledger::StoredEntry& each) {
    ++counts.entries;
    ++counts.types[each.entry.event_type];
    counts.bytes += each.bytes.size();
    counts.last = {{"seq", each.entry.seq},
                   {"timestamp", to_text(each.entry.timestamp)},
                   {"entry_hash", each.hash.hex()}};
    if (counts.first.is_null()) counts.first = counts.last;
  });
  return counts;
}

std::string text_of(const Json& document) {
  std::vector<std::pair<std::string, std::string>> pairs{
      {"entries", shown(document, "entries")},
      {"archived", shown(document, "archived")},
      {"bytes of entries", shown(document["bytes"], "entries")},
      {"bytes of database", shown(document["bytes"], "database")},
      {"first", shown(document["first"], "timestamp")},
      {"last", shown(document["last"], "timestamp")},
      {"log", shown(document, "origin")}};
  for (const auto& [type, number] : document["types"].items()) {
    pairs.emplace_back("  " + type, shown(number));
  }
  return facts(pairs);
}

ExitCode run(const Arguments&, Context& context) {
  const auto node = service::open_node(context.node());
  auto database = service::open_ledger(node);
  const auto counts = count(database);
  const Json document{{"schema", "lexecon.stats/1"},
                      {"origin", node.origin},
                      {"entries", counts.entries},
                      {"archived", counts.archived},
                      {"types", counts.types},
                      {"first", counts.first},
                      {"last", counts.last},
                      {"bytes",
                       {{"entries", counts.bytes},
                        {"database", std::filesystem::file_size(node.files.database())}}}};
  context.answer(document, text_of);
  return ExitCode::yes;
}

}  // namespace

const Command ledger_stats{
    .name = "ledger stats",
    .summary = "Count what the ledger holds",
    .examples = {"lexecon ledger stats", "lexecon ledger stats --pointer /types/decision"},
    .run = run,
};

}  // namespace lexecon::cli
