#include <set>

#include "base/error.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"
#include "service/erasure.hpp"

namespace lexecon::service {
namespace {

/// Why the sealed content of an entry cannot be erased whatever anybody wants; nothing when it is there.
std::optional<Stays> nothing_to_erase(store::Database& database, std::uint64_t seq,
                                      const std::set<std::uint64_t>& erased) {
  const auto stored = ledger::read_entry(database, seq);
  if (!stored) {
    throw Error(ErrorCode::not_found, "the ledger has no " + chain::entry_id(seq), {},
                "`lexecon ledger log --reverse --limit 1` shows the last one");
  }
  if (!stored->entry.sealed_hash) {
    return Stays{seq, "nothing_sealed", "has no sealed content"};
  }
  if (erased.contains(seq)) return Stays{seq, "erased_before", "was erased before"};
  if (ledger::read_sealed(database, stored->entry)) return std::nullopt;
  throw Error(ErrorCode::integrity, "the sealed content is missing and was never erased",
              chain::entry_id(seq), "run lexecon ledger verify");
}

}  // namespace

std::vector<Stays> what_stays(store::Database& database, std::span<const std::uint64_t> seqs,
                              Timestamp /*at*/) {
  const auto erased = registry::erased_seqs(database);
  std::vector<Stays> out;
  for (const auto seq : seqs) {
    if (auto stays = nothing_to_erase(database, seq, erased)) out.push_back(*std::move(stays));
  }
  return out;
}

}  // namespace lexecon::service
