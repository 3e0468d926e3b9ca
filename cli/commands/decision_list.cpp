// lexecon decision list: the decisions on record.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "decision_text.hpp"
#include "filters.hpp"
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
  const auto format = given.text("--format");
  if (format && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected --format or --json, seen both");
  }
  const auto node = service::open_node(context.node());
  if (format == "jsonl") {
    service::each_decision(node, filter, [&context](const service::Decision& each) {
      context.print(json_text(service::to_json(each, false), false));
    });
    return ExitCode::yes;
  }
  auto decisions = Json::array();
  service::each_decision(node, filter, [&decisions](const service::Decision& each) {
    decisions.push_back(service::to_json(each, false));
  });
  context.answer({{"schema", "lexecon.decisions/1"}, {"decisions", decisions}}, text_of);
  return ExitCode::yes;
}

}  // namespace

const Command decision_list{
    .name = "decision list",
    .summary = "List the decisions on record, oldest first",
    .options = with_decision_filters(
        {{"--format", "FORMAT", "A table, or one document a line", false, "table|jsonl"}}),
    .examples = {"lexecon decision list --outcome denied --from 30d",
                 "lexecon decision list --reverse --limit 5 --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
