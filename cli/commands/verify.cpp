// lexecon verify: whether a stranger may believe a package; needs no node, no network and no trust.
#include "audit/verify.hpp"

#include "commands.hpp"
#include "context.hpp"
#include "progress.hpp"
#include "verification_text.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  Progress progress(context, "entries verified");
  audit::AuditOptions options{.verify = verify_options(given, context, progress),
                              .require_redecide = given.has("--require")};
  const auto verification = audit::verify_package(given.text("PACKAGE").value_or(""), options);
  context.answer(audit::to_json(verification), package_text);
  return exit_code(verification.log.verdict);
}

}  // namespace

const Command verify{
    .name = "verify",
    .summary = "Verify a package, and judge its decisions again; needs no node",
    .positionals = {{"PACKAGE", "The folder or the tar that export wrote"}},
    .options = {{"--against", "FILE", "A checkpoint kept elsewhere that must be in this log", true},
                {"--key", "PIN", "A key that must be the log's: a vkey, or a key file", true},
                {"--require", "WHAT", "Undecidable unless every decision was judged again", false,
                 "redecide"}},
    .examples = {"lexecon verify package --key .lexecon/keys/ledger.pub",
                 "lexecon verify package.tar --key .lexecon/keys/ledger.pub --against "
                 "checkpoint.note --json"},
    .run = run,
};

}  // namespace lexecon::cli
