// lexecon decision list: the decisions on record.
#include <limits>

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "decision_text.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "policy/term.hpp"
#include "service/decisions.hpp"

namespace lexecon::cli {
namespace {

oversight::DecisionFilter filter_from(const Arguments& given, Timestamp now) {
  oversight::DecisionFilter filter;
  if (const auto actor = given.text("--actor")) {
    filter.actor = policy::request_term(policy::TermType::actor, *actor, "--actor");
  }
  filter.outcome = given.text("--outcome");
  filter.tenant = given.text("--tenant");
  filter.from = time_option(given, "--from", now);
  filter.to = time_option(given, "--to", now);
  const auto limit = given.integer("--limit", 1, std::numeric_limits<std::int64_t>::max());
  if (limit) filter.limit = static_cast<std::uint64_t>(*limit);
  filter.reverse = given.has("--reverse");
  return filter;
}

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{
      {"SEQ", "TIME", "OUTCOME", "REASON", "ACTOR", "ACTION", "RESOURCE", "DECISION"}};
  for (const auto& each : document["decisions"]) rows.push_back(decision_row(each));
  return rows.size() == 1 ? "no decisions\n" : table(rows);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto filter = filter_from(given, context.session().now);
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
    .options = {{"--actor", "ID", "Only decisions for this actor"},
                {"--outcome", "OUTCOME", "Only decisions that ended so", false,
                 "approved|conditional|escalated|denied"},
                {"--tenant", "ID", "Only decisions for this tenant"},
                {"--from", "TIME",
                 "From this time on: RFC 3339, or a span back from now as in 30d"},
                {"--to", "TIME", "Before this time"},
                {"--limit", "N", "At most so many"},
                {"--reverse", "", "The newest first"},
                {"--format", "FORMAT", "A table, or one document a line", false, "table|jsonl"}},
    .examples = {"lexecon decision list --outcome denied --from 30d",
                 "lexecon decision list --reverse --limit 5 --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
