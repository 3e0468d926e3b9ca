// lexecon policy show: a set on record, or the bytes of one of its files.
#include "commands.hpp"
#include "context.hpp"
#include "crypto/hash.hpp"
#include "hash_argument.hpp"
#include "service/sets.hpp"
#include "set_text.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto hash = hash_argument(given.text("--set"), "--set");
  const auto node = service::open_node(context.node());
  const auto set = service::find_set(node, hash);
  if (const auto name = given.text("FILE")) {
    const auto bytes = service::set_file_bytes(node, set, *name);
    context.answer_bytes({{"schema", "lexecon.policy_file/1"},
                          {"name", *name},
                          {"sha256", crypto::sha256(bytes).hex()},
                          {"text", bytes}},
                         bytes);
    return ExitCode::yes;
  }
  const auto active = service::find_set(node, std::nullopt);
  context.answer(service::to_json(set, set.policy_hash == active.policy_hash), set_text);
  return ExitCode::yes;
}

}  // namespace

const Command policy_show{
    .name = "policy show",
    .summary = "Show the active set, or print one of its files as it was activated",
    .positionals = {{"FILE", "node.yaml, risk.yaml or a policy file", false}},
    .options = {{"--set", "HASH", "Another set that was activated"}},
    .examples = {"lexecon policy show", "lexecon policy show node.yaml"},
    .run = run,
};

}  // namespace lexecon::cli
