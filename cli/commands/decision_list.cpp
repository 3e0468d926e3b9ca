// lexecon decision list: the decisions on record.
#include "commands.hpp"
#include "context.hpp"
#include "decision_text.hpp"
#include "filters.hpp"
#include "listing.hpp"
#include "output.hpp"
#include "service/decisions.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{
      {"SEQ", "TIME", "OUTCOME", "REASON", "ACTOR", "ACTION", "RESOURCE", "DECISION"}};
  for (const auto& each : document["decisions"]) rows.push_back(decision_row(each));
  return rows.size() == 1 ? "no decisions\n" : table(rows);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto filter = decision_filter(given, context.session().now);
  const auto node = service::open_node(context.node());
  list(given, context, {"lexecon.decisions/1", "decisions", text_of}, [&](const Show& show) {
    service::each_decision(
        node, filter, [&](const service::Decision& each) { show(service::to_json(each, false)); });
  });
  return ExitCode::yes;
}

}  // namespace

const Command decision_list{
    .name = "decision list",
    .summary = "List the decisions on record, oldest first",
    .options = with_format(with_decision_filters({})),
    .examples = {"lexecon decision list --outcome denied --from 30d",
                 "lexecon decision list --reverse --limit 5 --format jsonl"},
    .run = run,
    .tenant_ids = std::vector<std::string_view>(),
};

}  // namespace lexecon::cli
