// lexecon recover: go on from a stored checkpoint, under a key that nothing before vouches for.
#include "service/recover.hpp"

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "json/parse.hpp"
#include "output.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  const auto& lost = document["lost"];
  const auto& checkpoint = document["checkpoint"];
  return facts({{"node", shown(document, "node_id")},
                {"log", shown(document, "origin")},
                {"accepted", shown(document, "accepted") + " entries"},
                {"lost", "the checkpoint of " + shown(lost, "tree_size") + " entries, root " +
                             shown(lost, "root_hash")},
                {"recorded", shown(document, "ledger_entry_id")},
                {"size", shown(checkpoint, "tree_size")},
                {"root", shown(checkpoint, "root_hash")},
                {"aside", shown(document, "aside")}}) +
         "the key before does not vouch for this one: give the line to your auditor now, who pins "
         "it "
         "too:\n" +
         shown(document, "ledger_vkey") + "\n";
}

ExitCode run(const Arguments& given, Context& context) {
  const auto size = given.integer("--accept-size", 1, json::max_integer);
  const auto reason = given.text("--reason");
  if (!size || !reason) {
    throw Error(ErrorCode::usage, "expected --accept-size N and --reason TEXT", {},
                "lexecon ledger verify shows the sizes of the notes that differ");
  }
  const auto recovered = service::recover(context.node(), static_cast<std::uint64_t>(*size),
                                          *reason, signatory(given), context.session());
  context.answer(service::to_json(recovered), text_of);
  if (recovered.aside) {
    context.note("the database before and its heads are in " + recovered.aside->string());
  }
  return ExitCode::yes;
}

}  // namespace

const Command recover{
    .name = "recover",
    .summary = "Go on from a stored checkpoint of a log that was set back, forked or damaged",
    .options =
        with_signing({{"--accept-size", "N", "The stored checkpoint whose entries are accepted"},
                      {"--reason", "TEXT", "Why, for people; sealed beside the entry"}}),
    .examples =
        {"lexecon recover --accept-size 3 --reason \"restored from a backup\" || test $? -eq 77"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
