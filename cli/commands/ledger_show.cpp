// lexecon ledger show: one entry, hashed again, and on request what was sealed beside it.
#include "base/error.hpp"
#include "chain/entry.hpp"
#include "chain/sealed.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "entry_argument.hpp"
#include "json/parse.hpp"
#include "ledger/archive.hpp"
#include "ledger/reader.hpp"
#include "output.hpp"
#include "registry/evidence.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

Json document_of(store::Database& database, const ledger::StoredEntry& stored, bool with_sealed) {
  const auto& entry = stored.entry;
  Json document{{"schema", "lexecon.entry/1"},
                {"entry", json::parse(stored.bytes, chain::entry_id(entry.seq))},
                {"entry_hash", stored.hash.hex()},
                {"leaf_hash", chain::leaf_hash(stored.bytes).hex()}};
  if (!with_sealed) return document;
  const auto sealed = ledger::read_sealed(database, entry);
  const bool is_gone = entry.sealed_hash && !sealed;
  if (is_gone && !registry::was_erased(database, entry.seq)) {
    throw Error(ErrorCode::integrity, "the sealed content is missing and was never erased",
                chain::entry_id(entry.seq), "run lexecon ledger verify");
  }
  document["sealed"] = sealed ? chain::unseal(*sealed) : Json();
  document["erased"] = is_gone;
  return document;
}

std::string text_of(const Json& document) {
  const auto& entry = document["entry"];
  std::string out = facts({{"entry", shown(entry, "entry_id")},
                           {"type", shown(entry, "event_type")},
                           {"time", shown(entry, "timestamp")},
                           {"actor", shown(entry, "actor")},
                           {"hash", shown(document, "entry_hash")},
                           {"previous", shown(entry, "previous_hash")},
                           {"sealed", shown(entry, "sealed_hash")}});
  out += "data\n" + entry["data"].dump(2) + "\n";
  if (!document.contains("sealed")) return out;
  if (document["erased"].get<bool>()) return out + "sealed content\nwas erased\n";
  out += "sealed content\n" + document["sealed"].dump(2) + "\n";
  return out;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto seq = seq_argument(given.text("ENTRY").value_or(""));
  const auto node = service::open_node(context.node());
  auto database = service::open_ledger(node);
  const auto stored = ledger::read_entry(database, seq);
  if (!stored) ledger::refuse_absent(database, seq);
  context.answer(document_of(database, *stored, given.has("--sealed")), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command ledger_show{
    .name = "ledger show",
    .summary = "Print one entry of the ledger",
    .positionals = {{"ENTRY", "genesis, entry_<n>, or its number"}},
    .options = {{"--sealed", "", "Also what may be erased later: requests, justifications"}},
    .examples = {"lexecon ledger show genesis", "lexecon ledger show 2 --json"},
    .run = run,
};

}  // namespace lexecon::cli
