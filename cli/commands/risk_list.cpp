// lexecon risk list: the decisions on record of which something was scored.
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "listing.hpp"
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
  const auto node = service::open_node(context.node());
  list(given, context, {"lexecon.risks/1", "risks", text_of}, [&](const Show& show) {
    service::each_decision(
        node, filter, [&](const service::Decision& each) { show(service::risk_record(each)); });
  });
  return ExitCode::yes;
}

}  // namespace

const Command risk_list{
    .name = "risk list",
    .summary = "List the risk records of decisions, oldest first",
    .options = with_format(
        with_decision_filters({{"--min-level", "LEVEL", "Only those of this level and above", false,
                                "low|medium|high|critical"}})),
    .examples = {"lexecon risk list --min-level high --from 30d",
                 "lexecon risk list --reverse --limit 5 --format jsonl"},
    .run = run,
    .tenant_ids = std::vector<std::string_view>(),
};

}  // namespace lexecon::cli
