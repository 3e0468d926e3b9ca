// lexecon ledger checkpoint: the last signed note, to be kept where the node cannot reach it.
#include "chain/checkpoint.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "ledger/reader.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments&, Context& context) {
  const auto node = service::open_node(context.node());
  auto database = service::open_ledger(node);
  const auto note = ledger::last_checkpoint(database);
  if (!note) throw Error(ErrorCode::not_found, "the ledger has no checkpoint yet");
  const auto checkpoint = ledger::open_checkpoint(*note, node.keys);
  const Json document{{"schema", "lexecon.checkpoint/1"},
                      {"origin", checkpoint.origin},
                      {"tree_size", checkpoint.tree_size},
                      {"root_hash", checkpoint.root.hex()},
                      {"note", *note}};
  context.answer(document, [](const Json& d) { return d["note"].get<std::string>(); });
  return ExitCode::yes;
}

}  // namespace

const Command ledger_checkpoint{
    .name = "ledger checkpoint",
    .summary = "Print the last signed checkpoint",
    .examples = {"lexecon ledger checkpoint > checkpoint.note",
                 "lexecon ledger checkpoint --pointer /root_hash"},
    .run = run,
};

}  // namespace lexecon::cli
