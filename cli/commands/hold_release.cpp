// lexecon hold release: end a hold; what it named may be erased again when its periods have ended.
#include "commands.hpp"
#include "context.hpp"
#include "hold_text.hpp"
#include "service/holds.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::release_hold(node, given.text("HOLD").value_or(""),
                                       given.text("--reason"), signer, context.session()),
                 hold_text);
  return ExitCode::yes;
}

}  // namespace

const Command hold_release{
    .name = "hold release",
    .summary = "End a hold",
    .positionals = {{"HOLD", "The hold; lexecon hold list shows them"}},
    .options = with_signing({{"--reason", "TEXT", "Why; sealed"}}),
    .examples = {"lexecon hold release case-4711 --reason 'settled' --as bob --sign-with bob"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
