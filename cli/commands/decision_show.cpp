// lexecon decision show: one decision as it is on record.
#include "commands.hpp"
#include "context.hpp"
#include "decision_text.hpp"
#include "filters.hpp"
#include "service/decisions.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const bool explain = given.has("--explain");
  const auto node = service::open_node(context.node());
  const auto decision = service::show_decision(node, given.text("DECISION").value_or(""), explain);
  context.answer(service::to_json(decision, explain), decision_text);
  return ExitCode::yes;
}

}  // namespace

const Command decision_show{
    .name = "decision show",
    .summary = "Print one decision, its entry hashed again",
    .positionals = {{"DECISION", "Its id, dec_…"}},
    .options = with_tenant(
        {{"--explain", "", "Judge it again and show every relation that was looked at"}}),
    .examples = {"lexecon decision show $(lexecon decision list --reverse --limit 1 --format jsonl "
                 "| jq -r .decision_id) --explain"},
    .run = run,
    .tenant_ids = {{"DECISION"}},
};

}  // namespace lexecon::cli
