#include "service/receipts.hpp"

#include <optional>
#include <utility>

#include "base/error.hpp"
#include "ledger/archive.hpp"
#include "ledger/prove.hpp"
#include "ledger/reader.hpp"
#include "package/receipt.hpp"
#include "registry/evidence.hpp"

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

}  // namespace lexecon::service
