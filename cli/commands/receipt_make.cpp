// lexecon receipt make: one entry, its proof and what was sealed beside it, in one file.
#include "base/error.hpp"
#include "chain/entry.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "entry_argument.hpp"
#include "output.hpp"
#include "service/receipts.hpp"

namespace lexecon::cli {
namespace {

std::uint64_t seq_of(const service::Node& node, const std::string& typed) {
  auto database = service::open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  return seq_argument(database, typed);
}

service::MadeReceipt make(const Arguments& given, const service::Node& node, Context& context) {
  const auto seq = seq_of(node, given.text("ENTRY").value_or(""));
  if (given.text("--format") == "acta") {
    if (given.has("--disclose")) {
      throw Error(ErrorCode::usage, "expected no --disclose with --format acta", {},
                  "an ACTA receipt never holds sealed content");
    }
    return service::make_acta_receipt(node, seq, context.session());
  }
  auto database = service::open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const bool withholds = given.text("--disclose") == "none";
  return service::make_receipt(database, node, seq,
                               withholds ? service::Disclosure::none : service::Disclosure::sealed);
}

/// Named after the decision where it was asked for as one.
std::string file_name(const std::string& typed, std::uint64_t seq, const std::string& format) {
  const auto name = typed.starts_with("dec_") ? typed : chain::entry_id(seq);
  return name + (format == "acta" ? ".acta.json" : ".receipt.json");
}

std::string text_of(const Json& document) {
  const bool discloses = document["discloses"].get<bool>();
  return "wrote " + shown(document, "path") + "\n" +
         (discloses ? "it holds the sealed content: who gets it can read what was asked\n" : "");
}

ExitCode run(const Arguments& given, Context& context) {
  if (given.text("--output") == "-" && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected -o PATH with --json: both would be on standard output");
  }
  const auto made = make(given, service::open_node(context.node()), context);
  const auto format = given.text("--format").value_or("lexecon");
  const auto name = file_name(given.text("ENTRY").value_or(""), made.seq, format);
  const auto path = given.text("--output").value_or(name);
  if (path == "-") {
    context.print(made.bytes);
    return ExitCode::yes;
  }
  write_new_file(path, made.bytes, Access::as_umask);
  context.answer({{"schema", "lexecon.receipt_made/1"},
                  {"path", path},
                  {"format", format},
                  {"seq", made.seq},
                  {"ledger_entry_id", chain::entry_id(made.seq)},
                  {"entry_hash", made.entry_hash.hex()},
                  {"tree_size", made.checkpoint.tree_size},
                  {"discloses", made.discloses}},
                 text_of);
  return ExitCode::yes;
}

}  // namespace

const Command receipt_make{
    .name = "receipt make",
    .summary = "Write one entry with its proof, for whoever has no node",
    .positionals = {{"ENTRY", "A decision's id; or genesis, entry_<n>, a number"}},
    .options = {{"--format", "KIND", "Which kind: with its proof, or ACTA's; lexecon unless given",
                 false, "lexecon|acta"},
                {"--disclose", "WHAT", "Whether sealed content goes with it; sealed unless given",
                 false, "sealed|none"},
                {"--output",
                 "PATH",
                 "Where, or - for standard output; else <id>.receipt.json or <id>.acta.json here",
                 false,
                 {},
                 "-o"}},
    .examples =
        {"lexecon receipt make $(lexecon decision list --reverse --limit 1 --format jsonl | "
         "jq -r .decision_id)",
         "lexecon receipt make genesis -o -",
         "lexecon receipt make $(lexecon decision list --reverse --limit 1 --format jsonl | "
         "jq -r .decision_id) --format acta"},
    .run = run,
};

}  // namespace lexecon::cli
