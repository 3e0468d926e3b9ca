// lexecon usage report: what was used by whom, and how the budgets stand.
#include "service/usage_report.hpp"

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "listing.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

decision::Per by_of(const Arguments& given) {
  const auto text = given.text("--by");
  if (text == "model") return decision::Per::model;
  return text == "actor" ? decision::Per::actor : decision::Per::tenant;
}

std::string subject_of(const Json& row) {
  return row["subject"].is_null() ? "(none)" : shown(row, "subject");
}

std::vector<std::string> row_of(const std::string& who, const Json& used) {
  return {who,
          shown(used, "decisions"),
          shown(used, "denied"),
          shown(used, "input_tokens"),
          shown(used, "output_tokens"),
          shown(used, "cost_micros")};
}

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{
      {"WHO", "DECISIONS", "DENIED", "INPUT_TOKENS", "OUTPUT_TOKENS", "COST_MICROS"}};
  for (const auto& each : document["used"]) rows.push_back(row_of(subject_of(each), each));
  rows.push_back(row_of("total", document["total"]));
  auto out = table(rows);
  std::vector<std::vector<std::string>> budgets{{"BUDGET", "PER", "WHO", "USED", "OF", "LEFT"}};
  for (const auto& each : document["budgets"]) {
    budgets.push_back({shown(each, "name"), shown(each, "per"),
                       each["per"] == "node" ? "the node" : subject_of(each), shown(each, "used"),
                       shown(each, "allowed") + " " + shown(each, "measure"), shown(each, "left")});
  }
  return budgets.size() == 1 ? out : out + "\n" + table(budgets);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const service::Period period{time_option(given, "--from", now), time_option(given, "--to", now)};
  if (period.from && period.to && *period.to <= *period.from) {
    throw Error(ErrorCode::usage, "expected --from before --to");
  }
  const bool is_lines = prints_lines(given, context);
  const auto node = service::open_node(context.node());
  const auto document = service::usage_report(node, by_of(given), period, now);
  if (!is_lines) {
    context.answer(document, text_of);
    return ExitCode::yes;
  }
  for (auto row : document["used"]) {
    row["schema"] = "lexecon.usage/1";
    context.print(json_text(row, false));
  }
  return ExitCode::yes;
}

}  // namespace

const Command usage_report{
    .name = "usage report",
    .summary = "Report what was used by whom, and how the budgets stand",
    .options = with_format(
        {{"--by", "WHAT", "Whose usage is told apart", false, "tenant|model|actor"},
         {"--from", "TIME", "From this time on: RFC 3339, or a span back from now as in 30d"},
         {"--to", "TIME", "Before this time"}}),
    .examples = {"lexecon usage report", "lexecon usage report --by model --from 30d --json"},
    .run = run,
};

}  // namespace lexecon::cli
