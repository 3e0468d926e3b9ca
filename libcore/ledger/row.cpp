#include "ledger/row.hpp"

#include "base/error.hpp"
#include "chain/entry.hpp"

namespace lexecon::ledger {

Row row_of(const store::Statement& statement) {
  const std::int64_t seq = statement.integer(0);
  if (seq < 0) throw Error(ErrorCode::integrity, "an entry has a negative number");
  try {
    return {.seq = static_cast<std::uint64_t>(seq),
            .event_type = statement.text_view(1),
            .actor = statement.text_view(2),
            .timestamp = statement.text_view(3),
            .entry_hash = statement.blob_view(4),
            .body = statement.blob_view(5)};
  } catch (const Error& error) {
    throw error.at(chain::entry_id(static_cast<std::uint64_t>(seq)));
  }
}

std::optional<std::string_view> differing_column(const Row& row, const chain::EntryView& entry,
                                                 const Hash& hash) {
  if (row.seq != entry.seq) return "seq";
  if (row.event_type != entry.event_type) return "event_type";
  if (row.actor != entry.actor) return "actor";
  if (row.timestamp != entry.time_text) return "timestamp";
  if (row.entry_hash != hash.view()) return "entry_hash";
  return std::nullopt;
}

}  // namespace lexecon::ledger
