// lexecon ledger verify: derive every byte of the ledger again, and say what that proves.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "ledger/verify.hpp"
#include "operator_text.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "service/verify.hpp"
#include "verification_text.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  const auto& head = document["head"];
  const auto verified = document["entries_verified"].get<std::uint64_t>();
  std::string out = shown(document, "verdict");
  if (!document["cause"].is_null()) out += ": " + shown(document, "cause");
  out += ", " + shown(document, "entries_verified") + " entries verified\n";
  if (!document["first_bad_seq"].is_null()) {
    out += "first bad entry: #" + shown(document, "first_bad_seq") + "\n";
  }
  if (document["verdict"] == "valid") out += completeness(document) + "\n";
  if (head.is_object()) {
    out += facts({{"log", shown(head, "origin")},
                  {"size", shown(head, "tree_size")},
                  {"root", shown(head, "root_hash")}});
  }
  for (const auto& archive : document["archives"]) {
    out += shown(archive, "entries") + " entries archived in " + shown(archive, "export_id") +
           ", of which only the hashes were verified\n";
  }
  if (verified > 0) out += human_authority(document) + "\n";
  if (const auto from = document["from"].get<std::uint64_t>(); from > 0) {
    out += "signatures and sealed content before #" + std::to_string(from) +
           " were not examined again (--from)\n";
  }
  if (const auto& redecided = document["redecided"]; redecided.is_object()) {
    out += shown(redecided, "judged") + " of " + shown(redecided, "decisions") +
           " decisions re-decided\n";
  }
  return out + checks_text(document);
}

ledger::VerifyOptions options_from(const Arguments& given, Context& context, Progress& progress) {
  auto options = verify_options(given, context, progress);
  options.state_home = context.session().write.state_home;
  if (given.has("--witnesses") && !given.has("--against") && !given.has("--from")) {
    throw Error(ErrorCode::usage, "expected --against beside --witnesses, seen none", {},
                "--against names the checkpoint that the witnesses cosigned");
  }
  if (const auto file = given.text("--from")) {
    for (const auto* other : {"--deep", "--entries"}) {
      if (!given.has(other)) continue;
      throw Error(
          ErrorCode::usage, "expected --from or " + std::string(other) + ", seen both", {},
          "--from leaves out what was verified before; this asks for more, or has nothing such");
    }
    options.older_notes.push_back(context.read_input(*file, chain::max_note_bytes));
    options.from = chain::parse_checkpoint(chain::parse_note(options.older_notes.back())).tree_size;
  }
  return options;
}

ledger::Verification verify_file(const Arguments& given, const std::string& file, Context& context,
                                 Progress& progress) {
  if (given.has("--deep")) {
    throw Error(ErrorCode::usage, "expected --entries or --deep, seen both", {},
                "tables are compared and requests are judged where they are: in a node");
  }
  const auto options = options_from(given, context, progress);
  const auto input = context.open_input(file);
  return ledger::verify_entries(input.get(), file, options);
}

ledger::Verification verify_node(const Arguments& given, Context& context, Progress& progress) {
  const auto depth = given.has("--deep") ? service::Depth::all : service::Depth::entries;
  return service::verify_ledger({context.node()}, options_from(given, context, progress), depth);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto file = given.text("--entries");
  Progress progress(context, "entries verified");
  const auto verification =
      file ? verify_file(given, *file, context, progress) : verify_node(given, context, progress);
  context.answer(ledger::to_json(verification), text_of);
  return exit_code(verification.verdict);
}

}  // namespace

const Command ledger_verify{
    .name = "ledger verify",
    .summary = "Derive every byte of the ledger again, and say what that proves",
    .options = {{"--against", "FILE", "A checkpoint kept elsewhere that must be in this log", true},
                {"--key", "PIN", "A key that must be the log's: a vkey, or a key file", true},
                {"--witnesses", "FILE", "A policy: who must have cosigned each of --against"},
                {"--deep", "", "Make every table again from the entries and compare"},
                {"--entries", "FILE", "Verify this list of entries instead; needs no node"},
                {"--from", "FILE", "Go on from a checkpoint whose log was verified before"}},
    .examples =
        {"lexecon ledger verify", "lexecon ledger verify --against checkpoint.note",
         "lexecon ledger verify --key .lexecon/keys/ledger.pub --json",
         "lexecon ledger checkpoint > kept.note; lexecon ledger log --format jsonl | lexecon "
         "ledger verify --entries - --against kept.note --key .lexecon/keys/ledger.pub"},
    .run = run,
};

}  // namespace lexecon::cli
