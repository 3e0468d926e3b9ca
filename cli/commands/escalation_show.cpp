// lexecon escalation show: what to know before an escalation is answered, on one screen.
#include "commands.hpp"
#include "context.hpp"
#include "escalation_text.hpp"
#include "filters.hpp"
#include "service/escalation_case.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  const auto document =
      service::escalation_case(node, given.text("ESCALATION").value_or(""), context.session().now);
  context.answer(document, escalation_screen);
  return ExitCode::yes;
}

}  // namespace

const Command escalation_show{
    .name = "escalation show",
    .summary = "Show what to know before an escalation is answered",
    .positionals = {{"ESCALATION", "Its id, or that of its decision"}},
    .options = with_tenant({}),
    .examples = {"lexecon escalation show $(lexecon escalation list --reverse --limit 1 --format "
                 "jsonl | jq -r .escalation_id)"},
    .run = run,
    .tenant_ids = {{"ESCALATION"}},
};

}  // namespace lexecon::cli
