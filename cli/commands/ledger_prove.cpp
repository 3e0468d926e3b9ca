// lexecon ledger prove: that an entry is in a signed tree, or that one tree extends another.
#include "base/error.hpp"
#include "chain/entry.hpp"
#include "chain/proof.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "entry_argument.hpp"
#include "json/parse.hpp"
#include "ledger/archive.hpp"
#include "ledger/proof_check.hpp"
#include "ledger/prove.hpp"
#include "ledger/reader.hpp"
#include "output.hpp"
#include "pins.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_note_bytes = 65'536;

void require_kinds(const Arguments& given) {
  const int kinds = static_cast<int>(given.has("ENTRY")) +
                    static_cast<int>(given.has("--consistency")) +
                    static_cast<int>(given.has("--check"));
  if (kinds != 1) {
    throw Error(ErrorCode::usage,
                "expected one of ENTRY, --consistency and --check, seen " + std::to_string(kinds));
  }
  for (const auto* only : {"--key", "--entry", "--against"}) {
    if (given.has(only) && !given.has("--check")) {
      throw Error(ErrorCode::usage, std::string("`") + only + "` belongs to --check");
    }
  }
  for (const auto* other : {"--size", "--output"}) {
    if (given.has(other) && given.has("--check")) {
      throw Error(ErrorCode::usage,
                  std::string("`") + other + "` makes a proof, --check reads one");
    }
  }
}

std::optional<std::uint64_t> size_option(const Arguments& given, std::string_view name) {
  const auto size = given.integer(name, 1, json::max_integer);
  if (!size) return std::nullopt;
  return static_cast<std::uint64_t>(*size);
}

Json hex_of(const std::vector<Hash>& hashes) {
  Json out = Json::array();
  for (const Hash& hash : hashes) out.push_back(hash.hex());
  return out;
}

template <class Proof>
Json document_of(const Proof& proof, const Json& what) {
  const auto checkpoint = chain::parse_checkpoint(chain::parse_note(proof.checkpoint));
  Json document{{"schema", "lexecon.proof/1"},       {"origin", checkpoint.origin},
                {"tree_size", checkpoint.tree_size}, {"root_hash", checkpoint.root.hex()},
                {"hashes", hex_of(proof.hashes)},    {"proof", chain::to_text(proof)}};
  document.update(what);
  return document;
}

struct Hashes {
  Hash entry;
  Hash leaf;
};

/// Of an entry that was archived too: it is proven by its leaf.
Hashes hashes_of(store::Database& database, std::uint64_t seq) {
  if (const auto stored = ledger::read_entry(database, seq)) {
    return {stored->hash, chain::leaf_hash(stored->bytes)};
  }
  if (const auto row = ledger::archived_row(database, seq)) return {row->entry_hash, row->leaf};
  ledger::refuse_absent(database, seq);
}

Json make(const Arguments& given, const service::Node& node) {
  auto database = service::open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto size = size_option(given, "--size");
  if (const auto old_size = size_option(given, "--consistency")) {
    return document_of(ledger::prove_consistency(database, node.keys, *old_size, size),
                       {{"kind", "consistency"}, {"old_size", *old_size}});
  }
  const auto seq = seq_argument(database, given.text("ENTRY").value_or(""));
  const auto hashes = hashes_of(database, seq);
  return document_of(ledger::prove_inclusion(database, node.keys, seq, size),
                     {{"kind", "inclusion"},
                      {"seq", seq},
                      {"entry_hash", hashes.entry.hex()},
                      {"leaf_hash", hashes.leaf.hex()}});
}

ExitCode prove(const Arguments& given, Context& context) {
  const auto document = make(given, service::open_node(context.node()));
  const auto path = given.text("--output").value_or("-");
  if (path == "-") {
    context.answer(document, [](const Json& made) { return made["proof"].get<std::string>(); });
    return ExitCode::yes;
  }
  write_new_file(path, document["proof"].get_ref<const std::string&>(), Access::as_umask);
  context.answer(document, [&path](const Json&) { return "wrote " + path + "\n"; });
  return ExitCode::yes;
}

std::string text_of(const Json& found) {
  const bool is_inclusion = found["kind"] == "inclusion";
  std::string out = shown(found, "verdict");
  if (!found["cause"].is_null()) return out + ": " + shown(found, "cause") + "\n";
  const auto tree = "the signed tree of " + shown(found, "tree_size") + " entries";
  out += is_inclusion ? ": entry " + shown(found, "seq") + " is in " + tree
                      : ": " + tree + " extends that of " + shown(found, "old_size");
  return out + " of " + shown(found, "origin") + "\n";
}

ExitCode check(const Arguments& given, Context& context) {
  ledger::ProofContext known;
  if (const auto pin = given.text("--key")) known.key = read_pin(*pin, context);
  if (const auto path = given.text("--entry")) {
    known.entry = context.read_input(*path, chain::max_entry_bytes + 1);
    if (known.entry->ends_with('\n')) known.entry->pop_back();
  }
  if (const auto path = given.text("--against")) {
    known.predecessor = context.read_input(*path, max_note_bytes);
  }
  const auto text = context.read_input(given.text("--check").value_or(""), chain::max_proof_bytes);
  const auto found = ledger::check_proof(text, known);
  context.answer(ledger::to_json(found), text_of);
  return exit_code(found.verdict);
}

ExitCode run(const Arguments& given, Context& context) {
  require_kinds(given);
  return given.has("--check") ? check(given, context) : prove(given, context);
}

}  // namespace

const Command ledger_prove{
    .name = "ledger prove",
    .summary = "Prove that an entry is in the log, or that the log only grew",
    .positionals = {{"ENTRY", "genesis, entry_<n>, its number, or a decision's id", false}},
    .options =
        {{"--size", "N", "In the tree of this stored checkpoint instead of the last"},
         {"--consistency", "N", "From the stored checkpoint of N entries instead"},
         {"--output", "PATH", "Write the proof there; nothing may be there yet", false, {}, "-o"},
         {"--check", "FILE", "Check a proof; needs no node"},
         {"--key", "PIN", "For --check: the log's key, a vkey or a key file"},
         {"--entry", "FILE", "For --check: the bytes of the entry, a line of the log"},
         {"--against", "FILE", "For --check: the older checkpoint that the log extends"}},
    .examples = {"lexecon ledger prove genesis -o genesis.proof",
                 "lexecon ledger log --format jsonl --limit 1 > genesis.entry && lexecon ledger "
                 "prove --check genesis.proof --entry genesis.entry --key .lexecon/keys/ledger.pub",
                 "lexecon ledger prove --consistency 3"},
    .run = run,
};

}  // namespace lexecon::cli
