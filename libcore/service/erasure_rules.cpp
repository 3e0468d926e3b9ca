#include "base/error.hpp"
#include "chain/entry.hpp"
#include "json/json.hpp"
#include "ledger/archive.hpp"
#include "ledger/reader.hpp"
#include "retention/holds.hpp"
#include "service/erasure.hpp"

namespace lexecon::service {
namespace {

void require_entry(store::Database& database, std::uint64_t seq) {
  if (ledger::read_entry(database, seq)) return;
  ledger::refuse_absent(database, seq);
}

/// What may be erased has to be there still.
void require_content(store::Database& database, std::uint64_t seq) {
  if (ledger::read_sealed(database, ledger::read_entry(database, seq)->entry)) return;
  throw Error(ErrorCode::integrity, "the sealed content is missing and was never erased",
              chain::entry_id(seq), "run lexecon ledger verify");
}

}  // namespace

std::vector<Stays> what_stays(store::Database& database, const Erasure& erasure, Timestamp at) {
  const auto custody = retention::custody(database);
  const auto ground = retention::ground(database);
  chain::Entry entry;
  entry.timestamp = at;
  entry.data = {{"legal_basis", erasure.legal_basis}};
  std::vector<Stays> out;
  for (const auto seq : erasure.seqs) {
    require_entry(database, seq);
    auto stays = custody.stays(seq, entry, ground);
    if (!stays) require_content(database, seq);
    if (stays) out.push_back(*std::move(stays));
  }
  return out;
}

}  // namespace lexecon::service
