// lexecon policy rollback: put an earlier set in force again, from the bytes on record.
#include "commands.hpp"
#include "context.hpp"
#include "hash_argument.hpp"
#include "service/activate.hpp"
#include "set_text.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto to = hash_argument(given.text("HASH"), "HASH");
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  const auto activation = service::rollback(node, to, signer, context.session());
  context.answer(service::to_json(activation), activation_text);
  if (activation.changed) context.note("the files in the folder were left as they are");
  return ExitCode::yes;
}

}  // namespace

const Command policy_rollback{
    .name = "policy rollback",
    .summary = "Put an earlier set in force again",
    .positionals = {{"HASH", "The set; the one before the active one unless given", false}},
    .options = with_signing({}),
    .examples = {"lexecon policy rollback $(lexecon policy hash --active)"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
