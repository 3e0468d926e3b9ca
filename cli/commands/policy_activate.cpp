// lexecon policy activate: put the set in the folder in force.
#include "commands.hpp"
#include "context.hpp"
#include "hash_argument.hpp"
#include "service/activate.hpp"
#include "set_text.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto expect = hash_argument(given.text("--expect"), "--expect");
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  const auto activation =
      service::activate(node, expect, signer, context.session(), given.text("--enacts"));
  context.answer(service::to_json(activation), activation_text);
  return ExitCode::yes;
}

}  // namespace

const Command policy_activate{
    .name = "policy activate",
    .summary = "Put the set in the folder in force",
    .options = with_signing(
        {{"--expect", "HASH", "Only when the set has this hash"},
         {"--enacts", "OVERRIDE", "The permanent change of policy that asked for this set"}}),
    .examples = {"lexecon policy activate --expect $(lexecon policy hash)",
                 "lexecon policy activate --as alice --sign-with ~/.ssh/id_ed25519"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
