// lexecon risk list: the decisions on record of which something was scored.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "service/decisions.hpp"
#include "service/risk.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{
      {"SEQ", "TIME", "SCORE", "LEVEL", "OUTCOME", "ACTOR", "ACTION", "RESOURCE", "RISK"}};
  for (const auto& each : document["risks"]) {
    std::vector<std::string> row;
    for (const auto* member : {"seq", "timestamp", "score", "level", "outcome", "actor", "action",
                               "resource", "risk_id"}) {
      row.push_back(shown(each, member));
    }
    rows.push_back(std::move(row));
  }
  return rows.size() == 1 ? "no risk records\n" : table(rows);
}

ExitCode run(const Arguments& given, Context& context) {
  auto filter = decision_filter(given, context.session().now);
  filter.min_level =
      risk::level_from(given.text("--min-level").value_or("")).value_or(risk::Level::low);
  const auto format = given.text("--format");
  if (format && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected --format or --json, seen both");
  }
  const auto node = service::open_node(context.node());
  if (format == "jsonl") {
    service::each_decision(node, filter, [&context](const service::Decision& each) {
      context.print(json_text(service::risk_record(each), false));
    });
    return ExitCode::yes;
  }
  auto risks = Json::array();
  service::each_decision(node, filter, [&risks](const service::Decision& each) {
    risks.push_back(service::risk_record(each));
  });
  context.answer({{"schema", "lexecon.risks/1"}, {"risks", std::move(risks)}}, text_of);
  return ExitCode::yes;
}

}  // namespace

const Command risk_list{
    .name = "risk list",
    .summary = "List the risk records of decisions, oldest first",
    .options = with_decision_filters(
        {{"--min-level", "LEVEL", "Only those of this level and above", false,
          "low|medium|high|critical"},
         {"--format", "FORMAT", "A table, or one document a line", false, "table|jsonl"}}),
    .examples = {"lexecon risk list --min-level high --from 30d",
                 "lexecon risk list --reverse --limit 5 --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
