// lexecon incident list: what happened, and which authority still has to be told.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "incident_text.hpp"
#include "listing.hpp"
#include "service/incidents.hpp"

namespace lexecon::cli {
namespace {

service::IncidentFilter filter_from(const Arguments& given, Timestamp now) {
  service::IncidentFilter filter{.open = given.has("--open"),
                                 .system = given.text("--system"),
                                 .due_within = due_within(given)};
  put_window(filter, given, now);
  return filter;
}

std::string text_of(const Json& document) { return incident_table(document["incidents"]); }

ExitCode run(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const auto filter = filter_from(given, now);
  const auto node = service::open_node(context.node());
  bool is_overdue = false;
  list(given, context, {"lexecon.incidents/1", "incidents", text_of}, [&](const Show& show) {
    const auto found = service::list_incidents(node, filter, now);
    is_overdue = found.overdue;
    for (const auto& each : found.incidents) show(each);
  });
  return given.has("--due") && is_overdue ? ExitCode::no : ExitCode::yes;
}

}  // namespace

const Command incident_list{
    .name = "incident list",
    .summary = "List the incidents on record and their clocks, oldest first",
    .options = with_format(with_window(
        {{"--open", "", "Only those that were not closed"},
         {"--system", "ID", "Only those of this system"},
         {"--due", "",
          "Only where the time to tell an authority is over; exit 1 when there is one"},
         {"--within", "SPAN", "With --due: those too where it will be over in that time"}})),
    .examples = {"lexecon incident list --due --within 2d", "lexecon incident list --open"},
    .run = run,
};

}  // namespace lexecon::cli
