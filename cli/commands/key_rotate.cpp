// lexecon key rotate: a new key in the place of one of the node's two.
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "service/rotate.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  const auto entry = shown(document, "ledger_entry_id");
  auto out = facts({{"key", shown(document, "purpose")},
                    {"kid", shown(document, "kid")},
                    {"entry", entry},
                    {"size", shown(document["checkpoint"], "tree_size")},
                    {"root", shown(document["checkpoint"], "root_hash")}});
  if (document["purpose"] == "token") {
    return out + shown(document, "tokens_refused") +
           " unexpired tokens of the old key are refused from now on\n";
  }
  return out +
         "every checkpoint above that size is signed by the new key; give its line to your "
         "auditor, "
         "who may keep the old one:\n" +
         shown(document, "ledger_vkey") + "\n";
}

ExitCode run(const Arguments& given, Context& context) {
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  const auto reason = given.text("--reason").value_or("scheduled");
  const bool is_ledger = given.text("KEY") == "ledger";
  const auto rotated = is_ledger
                           ? service::rotate_ledger_key(node, reason, signer, context.session())
                           : service::rotate_token_key(node, reason, signer, context.session());
  context.answer(service::to_json(rotated), text_of);
  if (is_ledger) {
    context.note("hooks that name the old key refuse from now on: run lexecon hook install again");
  }
  return ExitCode::yes;
}

}  // namespace

const Command key_rotate{
    .name = "key rotate",
    .summary = "Put a new key in the place of one of the node's two",
    .positionals = {{"KEY", "The key to replace", true, "ledger|token"}},
    .options =
        with_signing({{"--reason", "CODE", "Why, as a code in the entry; scheduled unless given"}}),
    .examples = {"lexecon key rotate ledger", "lexecon key rotate token --reason compromised"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
