// lexecon escalation list: the escalations on record and where each stands.
#include "commands.hpp"
#include "context.hpp"
#include "escalation_text.hpp"
#include "filters.hpp"
#include "listing.hpp"
#include "output.hpp"
#include "service/escalations.hpp"

namespace lexecon::cli {
namespace {

service::EscalationFilter filter_from(const Arguments& given, Timestamp now) {
  service::EscalationFilter filter;
  put_window(filter, given, now);
  filter.actor = requesting_actor(given);
  if (const auto state = given.text("--state")) {
    filter.state = authority::escalation_state_from(*state);
  }
  if (const auto priority = given.text("--priority")) {
    filter.priority = decision::priority_from(*priority);
  }
  filter.tenant = given.text("--tenant");
  filter.assigned_to = given.text("--assigned-to");
  filter.overdue = given.has("--overdue");
  return filter;
}

std::string text_of(const Json& document) {
  const auto& escalations = document["escalations"];
  return escalations.empty() ? "no escalations\n" : escalation_table(escalations);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const auto filter = filter_from(given, now);
  const auto node = service::open_node(context.node());
  list(given, context, {"lexecon.escalations/1", "escalations", text_of},
       [&](const Show& show) { service::each_escalation(node, filter, now, show); });
  return ExitCode::yes;
}

}  // namespace

const Command escalation_list{
    .name = "escalation list",
    .summary = "List the escalations on record and where each stands",
    .options =
        with_format(with_window({{"--state", "STATE", "Only those in this state", false,
                                  "pending|in_progress|awaiting_approval|resolved|failed"},
                                 {"--priority", "PRIORITY", "Only those of this priority", false,
                                  "critical|high|medium|low"},
                                 {"--overdue", "", "Only those open beyond their time"},
                                 {"--assigned-to", "NAME", "Only those assigned to this operator"},
                                 {"--actor", "ID", "Only those of requests of this actor"},
                                 {"--tenant", "ID", "Only those of requests for this tenant"}})),
    .examples = {"lexecon escalation list --state pending",
                 "lexecon escalation list --overdue --format jsonl"},
    .run = run,
    .tenant_ids = std::vector<std::string_view>(),
};

}  // namespace lexecon::cli
