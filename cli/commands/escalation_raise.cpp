// lexecon escalation raise: a higher priority, and so less time.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "escalation_text.hpp"
#include "filters.hpp"
#include "service/escalations.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto priority = decision::priority_from(given.text("PRIORITY").value_or(""));
  if (!priority) throw Error(ErrorCode::internal, "a priority that the parser let through");
  const auto node = service::open_node(context.node());
  context.answer(service::raise_escalation(node, given.text("ESCALATION").value_or(""), *priority,
                                           context.session()),
                 escalation_change_text);
  return ExitCode::yes;
}

}  // namespace

const Command escalation_raise{
    .name = "escalation raise",
    .summary = "Give an escalation a higher priority",
    .positionals = {{"ESCALATION", "Its id, or that of its decision"},
                    {"PRIORITY", "Higher than the one it has", true, "medium|high|critical"}},
    .options = with_tenant({}),
    .examples = {"lexecon escalation raise $(lexecon escalation list --reverse --limit 1 --format "
                 "jsonl | jq -r .escalation_id) critical"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"ESCALATION"}},
};

}  // namespace lexecon::cli
