// lexecon evidence show: one piece of evidence as it is on record.
#include "commands.hpp"
#include "context.hpp"
#include "evidence_text.hpp"
#include "filters.hpp"
#include "service/evidence.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  const auto evidence = service::show_evidence(node, given.text("ID").value_or(""));
  context.answer(service::to_json(evidence), evidence_text);
  return ExitCode::yes;
}

}  // namespace

const Command evidence_show{
    .name = "evidence show",
    .summary = "Print what a piece of evidence is, and what it is for",
    .positionals = {{"ID", "Its id, evd_…, or that of a decision or an entry"}},
    .options = with_tenant({}),
    .examples = {"lexecon evidence show $(lexecon evidence list --reverse --limit 1 --format jsonl "
                 "| jq -r .evidence_id)"},
    .run = run,
    .tenant_ids = {{"ID"}},
};

}  // namespace lexecon::cli
