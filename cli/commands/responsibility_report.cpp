// lexecon responsibility report: who answers for how much, with the entries that say so.
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "service/responsibilities.hpp"

namespace lexecon::cli {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

void add_each(Pairs& pairs, const Json& figures, const char* name) {
  for (const auto& each : figures) {
    pairs.emplace_back(std::string(name) + " " + shown(each, name), shown(each, "count"));
  }
}

std::string text_of(const Json& document) {
  const auto count = [&](const char* name) { return shown(document[name], "count"); };
  Pairs pairs{{"assignments", count("assignments")}};
  add_each(pairs, document["makers"], "maker");
  add_each(pairs, document["levels"], "level");
  add_each(pairs, document["responsible"], "responsible");
  pairs.emplace_back("signed", count("signed"));
  pairs.emplace_back("unsigned", count("unsigned"));
  pairs.emplace_back("liability accepted", count("liability_accepted"));
  pairs.emplace_back("reviews overdue", count("overdue_reviews"));
  auto text = facts(pairs);
  for (const auto& each : document["risk_levels"]) {
    text += "no human responsible is on record for " + shown(each["without_human"], "count") +
            " of " + shown(each["decisions"], "count") + " decisions of risk " +
            shown(each, "risk_level") + "\n";
  }
  return text;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const auto from = time_option(given, "--from", now);
  const auto to = time_option(given, "--to", now);
  const auto node = service::open_node(context.node());
  context.answer(service::report_responsibilities(node, from, to, now), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command responsibility_report{
    .name = "responsibility report",
    .summary = "Count who answers for what, and the decisions for which no human does",
    .options = {{"--from", "TIME",
                 "From this time on: RFC 3339, or a span back from now as in 30d"},
                {"--to", "TIME", "Before this time"}},
    .examples = {"lexecon responsibility report --from 30d"},
    .run = run,
};

}  // namespace lexecon::cli
