// lexecon escalation list: the escalations on record and where each stands.
#include <limits>

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "escalation_text.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "policy/term.hpp"
#include "service/escalations.hpp"

namespace lexecon::cli {
namespace {

service::EscalationFilter filter_from(const Arguments& given, Timestamp now) {
  service::EscalationFilter filter;
  if (const auto actor = given.text("--actor")) {
    filter.actor = policy::request_term(policy::TermType::actor, *actor, "--actor");
  }
  if (const auto state = given.text("--state")) {
    filter.state = authority::escalation_state_from(*state);
  }
  if (const auto priority = given.text("--priority")) {
    filter.priority = decision::priority_from(*priority);
  }
  filter.tenant = given.text("--tenant");
  filter.assigned_to = given.text("--assigned-to");
  filter.overdue = given.has("--overdue");
  filter.from = time_option(given, "--from", now);
  filter.to = time_option(given, "--to", now);
  const auto limit = given.integer("--limit", 1, std::numeric_limits<std::int64_t>::max());
  if (limit) filter.limit = static_cast<std::uint64_t>(*limit);
  filter.reverse = given.has("--reverse");
  return filter;
}

std::string text_of(const Json& document) {
  const auto& escalations = document["escalations"];
  return escalations.empty() ? "no escalations\n" : escalation_table(escalations);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const auto filter = filter_from(given, now);
  const auto format = given.text("--format");
  if (format && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected --format or --json, seen both");
  }
  auto escalations = Json::array();
  const auto node = service::open_node(context.node());
  service::each_escalation(node, filter, now, [&](const Json& document) {
    if (format == "jsonl") return context.print(json_text(document, false));
    escalations.push_back(document);
  });
  if (format != "jsonl") {
    context.answer({{"schema", "lexecon.escalations/1"}, {"escalations", escalations}}, text_of);
  }
  return ExitCode::yes;
}

}  // namespace

const Command escalation_list{
    .name = "escalation list",
    .summary = "List the escalations on record and where each stands",
    .options = {{"--state", "STATE", "Only those in this state", false,
                 "pending|in_progress|awaiting_approval|resolved|failed"},
                {"--priority", "PRIORITY", "Only those of this priority", false,
                 "critical|high|medium|low"},
                {"--overdue", "", "Only those open beyond their time"},
                {"--assigned-to", "NAME", "Only those assigned to this operator"},
                {"--actor", "ID", "Only those of requests of this actor"},
                {"--tenant", "ID", "Only those of requests for this tenant"},
                {"--from", "TIME", "Opened from this time on: RFC 3339, or a span back as in 30d"},
                {"--to", "TIME", "Opened before this time"},
                {"--limit", "N", "At most so many"},
                {"--reverse", "", "The newest first"},
                {"--format", "FORMAT", "A table, or one document a line", false, "table|jsonl"}},
    .examples = {"lexecon escalation list --state pending",
                 "lexecon escalation list --overdue --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
