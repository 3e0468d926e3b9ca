// lexecon evidence link: what else a piece of evidence is for.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "evidence_text.hpp"
#include "filters.hpp"
#include "service/evidence.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const service::EvidenceUse use{given.text("--decision"), given.text("--control")};
  if (!use.decision_id && !use.control) {
    throw Error(ErrorCode::usage, "expected --decision or --control, or both");
  }
  const auto node = service::open_node(context.node());
  const auto evidence =
      service::link_evidence(node, given.text("ID").value_or(""), use, context.session());
  context.answer(service::to_json(evidence), evidence_text);
  return ExitCode::yes;
}

}  // namespace

const Command evidence_link{
    .name = "evidence link",
    .summary = "Say what else a piece of evidence is for",
    .positionals = {{"ID", "Its id, evd_…, or that of its entry"}},
    .options = with_tenant({{"--decision", "ID", "The decision that it is for"},
                            {"--control", "ID", "The control that it is for"}}),
    .examples = {"lexecon evidence link $(lexecon evidence list --reverse --limit 1 --format jsonl "
                 "| jq -r .evidence_id) --control soc2:CC7.2"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"ID", "--decision"}},
};

}  // namespace lexecon::cli
