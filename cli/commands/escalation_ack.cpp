// lexecon escalation ack: somebody looks at it, or somebody shall.
#include "commands.hpp"
#include "context.hpp"
#include "escalation_text.hpp"
#include "filters.hpp"
#include "service/escalations.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  context.answer(service::acknowledge_escalation(node, given.text("ESCALATION").value_or(""),
                                                 given.text("--assign"), context.session()),
                 escalation_change_text);
  return ExitCode::yes;
}

}  // namespace

const Command escalation_ack{
    .name = "escalation ack",
    .summary = "Take up an escalation, or assign it",
    .positionals = {{"ESCALATION", "Its id, or that of its decision"}},
    .options = with_tenant({{"--assign", "NAME", "To this operator, who may answer it"}}),
    .examples = {"lexecon escalation ack $(lexecon escalation list --state pending --limit 1 "
                 "--format jsonl | jq -r .escalation_id)"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"ESCALATION"}},
};

}  // namespace lexecon::cli
