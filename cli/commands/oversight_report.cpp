// lexecon oversight report: who was in charge, how fast, and where nobody was.
#include "service/oversight_report.hpp"

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

std::string count_of(const Json& refs) { return shown(refs, "count"); }

std::string authority_of(const Json& document) {
  const auto& from = document["human_authority_from"];
  return from.is_null() ? "none: nobody is an operator"
                        : "no human authority before " + shown(from);
}

std::string times_of(const Json& times) {
  if (times["count"] == 0) return "no answer";
  return count_of(times) + " answered, median " + shown(times, "median_seconds") +
         " s, nine of ten within " + shown(times, "p90_seconds") + " s, the longest " +
         shown(times, "longest_seconds") + " s";
}

std::string overrides_of(const Json& document) {
  const auto& overrides = document["overrides"];
  const auto& rate = overrides["per_10000_decisions"];
  return count_of(overrides) +
         (rate.is_null() ? ", no decision" : ", " + shown(rate) + " of 10,000 decisions");
}

std::string open_of(const Json& open) {
  if (open["count"] == 0) return "none";
  return count_of(open) + ", the oldest for " + shown(open, "oldest_seconds") + " s";
}

std::string period_of(const Json& document) {
  const auto& from = document["from"];
  return (from.is_null() ? "the beginning" : shown(from)) + " to " + shown(document, "at");
}

std::string who_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{{"WHO", "APPROVED", "DENIED", "DEFERRED", "UP",
                                              "CONFIRMED", "OVERRIDDEN", "INTERVENED", "STOPPED",
                                              "RESUMED", "VERSIONED", "RELEASED", "REFUSED"}};
  for (const auto& each : document["who"]) {
    std::vector<std::string> row{shown(each, "actor")};
    for (const auto* kind :
         {"approved", "denied", "deferred", "escalated_up", "confirmed", "overridden", "intervened",
          "stopped", "resumed", "versioned", "released", "refused"}) {
      row.push_back(count_of(each[kind]));
    }
    rows.push_back(std::move(row));
  }
  return table(rows);
}

std::string acts_of(const Json& acts) {
  std::vector<std::vector<std::string>> rows{{"ENTRY", "TIME", "WHO", "ACT", "DECISION", "DETAIL"}};
  for (const auto& act : acts["list"]) {
    rows.push_back({shown(act, "ledger_entry_id"), shown(act, "timestamp"), shown(act, "actor"),
                    shown(act, "kind") + (act["alone"].get<bool>() ? ", alone" : ""),
                    shown(act, "decision_id"), shown(act, "detail")});
  }
  auto out = table(rows);
  if (acts["left_out"] != 0) out += "and " + shown(acts, "left_out") + " more\n";
  return out;
}

std::string text_of(const Json& document) {
  const auto& times = document["response_times"];
  std::vector<std::pair<std::string, std::string>> lines{
      {"period", period_of(document)},
      {"authority", authority_of(document)},
      {"decisions", count_of(document["decisions"])},
      {"escalations", times_of(times["all"])}};
  for (const auto* priority : {"critical", "high", "medium", "low"}) {
    if (times[priority]["count"] != 0) {
      lines.emplace_back(std::string("  ") + priority, times_of(times[priority]));
    }
  }
  const std::vector<std::pair<std::string, std::string>> rest{
      {"waiting", open_of(document["open_escalations"])},
      {"breaches", count_of(document["sla_breaches"])},
      {"overrides", overrides_of(document)},
      {"alone", count_of(document["lone_approvals"])},
      {"stops", count_of(document["stops_in_force"]) + " in force"}};
  lines.insert(lines.end(), rest.begin(), rest.end());
  const auto out = facts(lines);
  if (document["acts"]["count"] == 0) return out + "nobody acted in this period\n";
  return out + "\n" + who_of(document) + "\n" + acts_of(document["acts"]);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const service::Period period{time_option(given, "--from", now), time_option(given, "--to", now)};
  if (period.from && period.to && *period.to <= *period.from) {
    throw Error(ErrorCode::usage, "expected --from before --to");
  }
  const auto node = service::open_node(context.node());
  context.answer(service::oversight_report(node, period, now), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command oversight_report{
    .name = "oversight report",
    .summary = "Report what people did about the machine, and how fast",
    .options = {{"--from", "TIME",
                 "From this time on: RFC 3339, or a span back from now as in 30d"},
                {"--to", "TIME", "Before this time"}},
    .examples = {"lexecon oversight report", "lexecon oversight report --from 30d --json"},
    .run = run,
};

}  // namespace lexecon::cli
