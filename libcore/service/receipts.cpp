#include "service/receipts.hpp"

#include <optional>
#include <utility>

#include "base/error.hpp"
#include "ledger/archive.hpp"
#include "ledger/prove.hpp"
#include "ledger/reader.hpp"
#include "package/receipt.hpp"
#include "registry/evidence.hpp"
#include "service/act.hpp"
#include "service/node_keys.hpp"

namespace lexecon::service {
namespace {

[[noreturn]] void altered(const std::string& what, std::uint64_t seq) {
  throw Error(ErrorCode::integrity, what, chain::entry_id(seq), "run lexecon ledger verify");
}

std::optional<std::string> sealed_of(store::Database& database, const chain::Entry& entry) {
  if (!entry.sealed_hash) return std::nullopt;
  auto sealed = ledger::read_sealed(database, entry);
  if (!sealed && !registry::was_erased(database, entry.seq)) {
    altered("the sealed content is gone, and no entry says that it was erased", entry.seq);
  }
  return sealed;
}

}  // namespace

MadeReceipt make_receipt(store::Database& database, const Node& node, std::uint64_t seq,
                         Disclosure disclosure) {
  const auto stored = ledger::read_entry(database, seq);
  if (!stored) ledger::refuse_absent(database, seq);
  const auto proof = ledger::prove_inclusion(database, node.keys, seq, std::nullopt);
  package::Receipt receipt{stored->bytes, chain::to_text(proof), std::nullopt};
  if (disclosure == Disclosure::sealed) receipt.sealed = sealed_of(database, stored->entry);
  MadeReceipt made{.bytes = package::to_bytes(receipt),
                   .seq = seq,
                   .entry_hash = stored->hash,
                   .checkpoint = chain::parse_checkpoint(chain::parse_note(proof.checkpoint)),
                   .discloses = receipt.sealed.has_value()};
  const auto signer = node.keys.at(made.checkpoint.tree_size);
  const crypto::Pin pin{signer.name, signer.key};
  const auto checked = package::check_receipt(made.bytes, {&pin, 1});
  if (const auto* fault = checked.fault()) altered(fault->result.detail, seq);
  return made;
}

MadeReceipt make_acta_receipt(const Node& node, std::uint64_t seq, Session& session) {
  MadeReceipt made;
  {
    auto database = open_ledger(node);
    const store::Transaction snapshot(database, store::Transaction::Kind::read);
    made = make_receipt(database, node, seq, Disclosure::none);
  }
  const auto entry = chain::parse_entry(package::parse_receipt(made.bytes).entry);
  NodeKey key(ledger_place(node.files), session.passphrase);
  // SECURITY: the lock is what settles which key is in force, and that no head is ahead of the log.
  const Act act(node.files, key, session);
  made.bytes = package::sign_acta(entry, *key.loaded());
  const crypto::Pin pin{std::nullopt, act.ledger_key()};
  const auto checked = package::check_receipt(made.bytes, {&pin, 1});
  if (const auto* fault = checked.fault()) altered(fault->result.detail, seq);
  return made;
}

}  // namespace lexecon::service
