// lexecon operator rotate: another key for the same person.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "operator_text.hpp"
#include "service/operators.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto key = given.text("--key");
  if (!key) throw Error(ErrorCode::usage, "expected --key FILE.pub, the operator's new public key");
  const auto public_key = public_key_from(*key, context);
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  const auto appended = service::rotate_operator(node, given.text("NAME").value_or(""), public_key,
                                                 signer, context.session());
  context.answer(service::operator_change(appended), operator_change_text);
  return ExitCode::yes;
}

}  // namespace

const Command operator_rotate{
    .name = "operator rotate",
    .summary = "Give an operator another key; signed with the old one, or by an admin",
    .positionals = {{"NAME", "The operator"}},
    .options = with_signing({{"--key", "FILE.pub", "The new public key, that nobody had before"}}),
    .examples = {"lexecon operator rotate alice --key next.pub --as alice --sign-with alice"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
