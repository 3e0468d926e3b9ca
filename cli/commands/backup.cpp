// lexecon backup: the whole ledger in one file, verified.
#include "service/backup.hpp"

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& made) {
  return facts({{"backup", shown(made, "file")},
                {"bytes", shown(made, "bytes")},
                {"log", shown(made["head"], "origin")},
                {"size", shown(made["head"], "tree_size")},
                {"root", shown(made["head"], "root_hash")},
                {"key", shown(made, "ledger_vkey")}}) +
         "not in it: private keys, the heads, the files of evidence, node.yaml, risk.yaml and "
         "policies/ as they are drafted; every set that was ever active is\n";
}

ExitCode run(const Arguments& given, Context& context) {
  const auto file = given.text("FILE").value_or("");
  if (file.empty() || file == "-") {
    throw Error(ErrorCode::usage, "expected the name of a file, seen `" + file + "`");
  }
  const auto node = service::open_node(context.node());
  const auto made =
      service::backup(node, std::filesystem::absolute(file), context.session().write.state_home);
  context.answer(service::to_json(made), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command backup{
    .name = "backup",
    .summary = "Copy the whole ledger into one file, beside writers, and verify it",
    .positionals = {{"FILE", "Where; nothing may be there yet"}},
    .examples = {"lexecon backup ledger-$(date +%F).backup"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
