#include "ledger/tree.hpp"

#include <string>

#include "base/error.hpp"
#include "chain/entry.hpp"

namespace lexecon::ledger {

namespace {

std::string select_leaves(Beside beside) {
  const std::string rows = " WHERE entries.seq >= 0 AND entries.seq < ?1 ORDER BY entries.seq";
  if (beside == Beside::nothing) return "SELECT seq, body, NULL FROM entries" + rows;
  return "SELECT entries.seq, entries.body, sealed.body FROM entries "
         "LEFT JOIN sealed ON sealed.seq = entries.seq" +
         rows;
}

}  // namespace

void each_leaf(store::Database& database, std::uint64_t size, Beside beside,
               const std::function<void(const Leaf&)>& visit) {
  auto rows = database.prepare(select_leaves(beside));
  rows.bind(1, static_cast<std::int64_t>(size));
  std::uint64_t next = 0;
  for (; rows.step(); ++next) {
    if (rows.integer(0) != static_cast<std::int64_t>(next)) break;
    const auto body = rows.blob_view(1);
    visit({.seq = next,
           .hash = chain::leaf_hash(body),
           .body = body,
           .sealed = rows.is_null(2) ? std::nullopt : std::optional(rows.blob_view(2))});
  }
  if (next == size) return;
  throw Error(ErrorCode::integrity, "the ledger lacks " + chain::entry_id(next), {},
              "run lexecon ledger verify");
}

}  // namespace lexecon::ledger
