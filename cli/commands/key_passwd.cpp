// lexecon key passwd: set, change or take away the passphrase of the node's private keys.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "passphrase.hpp"
#include "service/passwd.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  std::string out;
  for (const auto& key : document["keys"]) {
    out += "the " + shown(key) + " key " +
           (document["encrypted"].get<bool>() ? "is under the new passphrase"
                                              : "stands in clear, readable by its owner alone") +
           "\n";
  }
  return out;
}

std::optional<crypto::Passphrase> wanted(const Arguments& given) {
  const bool named = given.has("--new-passphrase-file") || given.has("--new-passphrase-fd");
  if (!given.has("--remove")) return new_passphrase_source(given);
  if (!named) return std::nullopt;
  throw Error(ErrorCode::usage, "expected --remove or a new passphrase, seen both");
}

ExitCode run(const Arguments& given, Context& context) {
  const auto next = wanted(given);
  const auto node = service::open_node(context.node());
  const auto change = service::change_passphrase(node, given.text("KEY"), next, context.session());
  context.answer(service::to_json(change), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command key_passwd{
    .name = "key passwd",
    .summary = "Set, change or take away the passphrase of the node's private keys",
    .positionals = {{"KEY", "One key alone; all unless given", false, "ledger|token|witness"}},
    .options = {{"--new-passphrase-file", "FILE", "Read the new passphrase from a file"},
                {"--new-passphrase-fd", "N", "Read it from an open descriptor"},
                {"--remove", "", "Leave the keys without a passphrase"}},
    .examples = {"lexecon key passwd --remove"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
