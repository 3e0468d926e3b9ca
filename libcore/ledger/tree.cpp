#include "ledger/tree.hpp"

#include <string>

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "ledger/archive.hpp"

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
  auto moved = database.prepare(std::string(select_archived) + " WHERE seq < ?1 ORDER BY seq");
  moved.bind(1, static_cast<std::int64_t>(size));
  bool has_row = rows.step();
  bool has_moved = moved.step();
  std::uint64_t next = 0;
  for (; has_row || has_moved; ++next) {
    const auto place = static_cast<std::int64_t>(next);
    const bool is_here = has_row && rows.integer(0) == place;
    const bool is_moved = has_moved && moved.integer(0) == place;
    if (is_here == is_moved) break;
    if (is_here) {
      const auto body = rows.blob_view(1);
      visit({.seq = next,
             .hash = chain::leaf_hash(body),
             .body = body,
             .sealed = rows.is_null(2) ? std::nullopt : std::optional(rows.blob_view(2))});
      has_row = rows.step();
    } else {
      visit({.seq = next, .hash = archived_row_of(moved).leaf, .body = {}, .sealed = {}});
      has_moved = moved.step();
    }
  }
  if (next == size) return;
  throw Error(ErrorCode::integrity, "the ledger lacks " + chain::entry_id(next), {},
              "run lexecon ledger verify");
}

}  // namespace lexecon::ledger
