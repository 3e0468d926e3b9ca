// lexecon operator revoke: a person who signs no more; what they signed stays signed.
#include "commands.hpp"
#include "context.hpp"
#include "operator_text.hpp"
#include "service/operators.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  const auto appended =
      service::revoke_operator(node, given.text("NAME").value_or(""),
                               given.text("--reason").value_or("left"), signer, context.session());
  context.answer(service::operator_change(appended), operator_change_text);
  return ExitCode::yes;
}

}  // namespace

const Command operator_revoke{
    .name = "operator revoke",
    .summary = "End an operator's authority; what they signed before stays signed",
    .positionals = {{"NAME", "The operator; nobody revokes himself"}},
    .options =
        with_signing({{"--reason", "CODE", "Why, as a code in the entry; left unless given"}}),
    .examples = {"lexecon operator revoke bob --reason key_lost --as alice --sign-with alice"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
