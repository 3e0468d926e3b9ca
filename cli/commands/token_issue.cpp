// lexecon token issue: the one token of an approval that was recorded without it.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "request_arguments.hpp"
#include "service/tokens.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) { return shown(document, "capability_token") + "\n"; }

ExitCode run(const Arguments& given, Context& context) {
  const auto decision_id = given.text("--decision");
  if (!decision_id) throw Error(ErrorCode::usage, "expected --decision ID");
  const auto life = seconds_option(given, "--ttl");
  const auto node = service::open_node(context.node());
  const auto issued =
      service::issue_token(node, *decision_id, given.text("--aud"), life, context.session());
  context.answer(service::to_json(issued), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command token_issue{
    .name = "token issue",
    .summary = "Make the one token of an approval that has none yet",
    .options =
        with_tenant({{"--decision", "ID", "The approved decision, dec_…"},
                     {"--aud", "NAME", "Who may accept the token; the node's log unless given"},
                     {"--ttl", "SPAN", "How long it lives, at most 24h"}}),
    .examples = {"lexecon token issue --decision $(lexecon decision list --outcome approved "
                 "--reverse --limit 1 --format jsonl | jq -r .decision_id) || test $? -ge 64"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"--decision"}},
};

}  // namespace lexecon::cli
