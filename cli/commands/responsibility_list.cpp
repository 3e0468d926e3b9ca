// lexecon responsibility list: who was made responsible for what, and whose review is due.
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "listing.hpp"
#include "output.hpp"
#include "responsibility_text.hpp"
#include "service/responsibilities.hpp"

namespace lexecon::cli {
namespace {

service::ResponsibilityFilter filter_from(const Arguments& given, Timestamp now) {
  const auto responsible = given.text("--responsible");
  const auto entries = entry_filter(given, now);
  return {
      .decision_id = entries.decision_id,
      .tenant = entries.tenant,
      .responsible = responsible ? std::optional(who(*responsible, "--responsible")) : std::nullopt,
      .maker = given.text("--maker"),
      .level = given.text("--level"),
      .from = entries.from,
      .to = entries.to,
      .due_within = due_within(given),
      .limit = entries.limit,
      .reverse = entries.reverse};
}

std::string text_of(const Json& document) { return assignment_table(document["assignments"]); }

ExitCode run(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const auto filter = filter_from(given, now);
  const auto node = service::open_node(context.node());
  bool is_overdue = false;
  list(given, context, {"lexecon.assignments/1", "assignments", text_of}, [&](const Show& show) {
    const auto found = service::list_responsibilities(node, filter, now);
    is_overdue = found.overdue;
    for (const auto& each : found.assignments) show(each);
  });
  return given.has("--due") && is_overdue ? ExitCode::no : ExitCode::yes;
}

}  // namespace

const Command responsibility_list{
    .name = "responsibility list",
    .summary = "List who was made responsible for which decision, oldest first",
    .options = with_format(with_window(
        {{"--decision", "ID", "Only assignments for this decision"},
         {"--tenant", "ID", "Only what belongs to this tenant"},
         {"--responsible", "WHO", "Only where they answer: operator:NAME, or an actor"},
         {"--maker", "MAKER", "Only decisions of this maker", false, makers},
         {"--level", "LEVEL", "Only this level", false, responsibility_levels},
         {"--due", "", "Only what is in force and whose review is due; exit 1 when one is"},
         {"--within", "SPAN", "With --due: those too that become due in that time"}})),
    .examples = {"lexecon responsibility list --due --within 30d",
                 "lexecon responsibility list --maker emergency_override --from 30d"},
    .run = run,
    .tenant_ids = {{"--decision"}},
};

}  // namespace lexecon::cli
