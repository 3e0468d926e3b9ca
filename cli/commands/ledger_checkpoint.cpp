// lexecon ledger checkpoint: the last signed note, to be kept where the node cannot reach it; or that of
// another log, cosigned by this node as its witness.
#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "chain/proof.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "ledger/reader.hpp"
#include "output.hpp"
#include "pins.hpp"
#include "service/cosign.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

ExitCode print(Context& context) {
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

std::string reason(const Json& document) {
  const auto cause = shown(document, "cause");
  const auto& last = document["last"];
  const auto known = last.is_null() ? std::string("0") : shown(last, "tree_size");
  if (cause == "key_not_pinned") return "the log is new to this witness: --key PIN names its key";
  if (cause == "bad_signature") return "the note is not signed by the key of the log";
  if (cause == "rollback") return "this witness cosigned " + known + " entries before";
  if (cause == "fork") return "this witness cosigned another root of as many entries";
  if (cause == "inconsistent") return "the proof does not lead from what was cosigned to this";
  if (last.is_null()) return "the proof begins at a tree that this witness never saw";
  return "this witness cosigned " + known +
         " entries: offer it what lexecon ledger prove --consistency " + known + " writes";
}

std::string refusal(const Json& document) {
  auto out =
      shown(document, "answer") + ": " + shown(document, "cause") + ", " + reason(document) + "\n";
  if (document["answer"] != "refused") return out;
  if (!document["last"].is_null()) {
    out += "\ncosigned before:\n" + printable_lines(shown(document["last"], "note"));
  }
  return out + "\noffered:\n" + printable_lines(shown(document, "offered"));
}

ExitCode cosign(const Arguments& given, const std::string& file, Context& context) {
  std::optional<crypto::Pin> pin;
  if (const auto key = given.text("--key")) pin = read_pin(*key, context);
  const auto offer = context.read_input(file, chain::max_proof_bytes);
  const auto node = service::open_node(context.node());
  const auto answer = service::cosign(node, offer, pin, context.session());
  const auto document = service::to_json(answer);
  if (!answer.made) {
    context.answer(document, refusal);
    return answer.is_refused ? ExitCode::no : ExitCode::undecided;
  }
  context.answer_bytes(document, answer.note);
  if (answer.is_new_key) {
    context.note("this witness has a new key; give its line to whoever verifies: " +
                 shown(document, "witness_vkey"));
  }
  return ExitCode::yes;
}

ExitCode run(const Arguments& given, Context& context) {
  if (const auto file = given.text("--cosign")) return cosign(given, *file, context);
  if (given.has("--key")) throw Error(ErrorCode::usage, "`--key` belongs to --cosign");
  return print(context);
}

}  // namespace

const Command ledger_checkpoint{
    .name = "ledger checkpoint",
    .summary = "Print the last signed checkpoint, or cosign that of another log",
    .options = {{"--cosign", "FILE",
                 "As a witness: a first checkpoint, or a proof of ledger prove --consistency"},
                {"--key", "PIN", "For --cosign: the log's key; the one of before unless given"}},
    .examples = {"lexecon ledger checkpoint > checkpoint.note",
                 "lexecon ledger checkpoint --pointer /root_hash",
                 "lexecon --node witness ledger checkpoint --cosign checkpoint.note --key "
                 ".lexecon/keys/ledger.pub > cosigned.note"},
    .run = run,
};

}  // namespace lexecon::cli
