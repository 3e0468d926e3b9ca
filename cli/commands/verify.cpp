// lexecon verify: whether a stranger may believe a package or a receipt; needs no node, no network and no
// trust.
#include "audit/verify.hpp"

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "package/receipt.hpp"
#include "progress.hpp"
#include "receipt_text.hpp"
#include "verification_text.hpp"

namespace lexecon::cli {
namespace {

/// A receipt is a JSON text, and no tar begins like one.
bool is_receipt(const Path& path) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(path, failed)) return false;
  std::ifstream file(path, std::ios::binary);
  return file.get() == '{';
}

ExitCode verify_receipt(const Arguments& given, const std::string& file,
                        const ledger::VerifyOptions& options, Context& context) {
  for (const auto* const other : {"--against", "--require", "--witnesses"}) {
    if (!given.has(other)) continue;
    throw Error(ErrorCode::usage,
                "`" + std::string(other) + "` is for packages, and this is a receipt", file);
  }
  return answer_receipt(context.read_input(file, package::max_receipt_bytes), options.pins,
                        std::nullopt, context);
}

ExitCode run(const Arguments& given, Context& context) {
  Progress progress(context, "entries verified");
  const auto file = given.text("PACKAGE").value_or("");
  if (given.has("--witnesses") && !given.has("--against")) {
    throw Error(ErrorCode::usage, "expected --against beside --witnesses, seen none", {},
                "--against names the checkpoint that the witnesses cosigned");
  }
  const audit::AuditOptions options{.verify = verify_options(given, context, progress),
                                    .require_redecide = given.has("--require")};
  if (is_receipt(file)) return verify_receipt(given, file, options.verify, context);
  const auto verification = audit::verify_package(file, options);
  context.answer(audit::to_json(verification), package_text);
  return exit_code(verification.log.verdict);
}

}  // namespace

const Command verify{
    .name = "verify",
    .summary = "Verify a package, and judge its decisions again; needs no node",
    .positionals = {{"PACKAGE", "The folder or the tar that export wrote, or a receipt"}},
    .options = {{"--against", "FILE", "A checkpoint kept elsewhere that must be in this log", true},
                {"--key", "PIN", "A key that must be the log's: a vkey, or a key file", true},
                {"--witnesses", "FILE",
                 "Who must have cosigned what --against names: a policy of C2SP tlog-policy"},
                {"--require", "WHAT", "Undecidable unless every decision was judged again", false,
                 "redecide"}},
    .examples = {"lexecon verify package --key .lexecon/keys/ledger.pub",
                 "lexecon verify package.tar --key .lexecon/keys/ledger.pub --against "
                 "checkpoint.note --json"},
    .run = run,
};

}  // namespace lexecon::cli
