// lexecon retention apply: erase what has expired.
#include "commands.hpp"
#include "context.hpp"
#include "retention_text.hpp"
#include "service/retention.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const service::RetentionRun wanted{.class_name = given.text("--class"),
                                     .dry_run = given.has("--dry-run")};
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::apply_retention(node, wanted, signer, context.session()),
                 retention_run_text);
  return ExitCode::yes;
}

}  // namespace

const Command retention_apply{
    .name = "retention apply",
    .summary = "Erase what has expired and is not held, signed",
    .options = with_signing({{"--class", "NAME", "Only what this class lets expire"},
                             {"--dry-run", "", "Say what would be erased, and erase nothing"}}),
    .examples = {"lexecon retention apply --dry-run"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
