// lexecon compliance withdraw: takes back what somebody stated.
#include "commands.hpp"
#include "context.hpp"
#include "entry_argument.hpp"
#include "service/statements.hpp"
#include "signing.hpp"
#include "statement_options.hpp"
#include "statement_text.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto seq = seq_argument(given.text("ENTRY").value_or(""));
  const auto reason = required_text(given, "--reason");
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::withdraw_statement(node, seq, reason, signer, context.session()),
                 withdrawal_text);
  return ExitCode::yes;
}

}  // namespace

const Command compliance_withdraw{
    .name = "compliance withdraw",
    .summary = "Take a statement back, signed",
    .positionals = {{"ENTRY", "The entry that states it, as in entry_12"}},
    .options = with_signing({{"--reason", "CODE", "Why, as a code: it stays on record"}}),
    .examples = {"lexecon compliance withdraw $(lexecon ledger log --type compliance.declared "
                 "--reverse --limit 1 --format jsonl | jq -r '.seq') --reason superseded --as bob "
                 "--sign-with bob"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
