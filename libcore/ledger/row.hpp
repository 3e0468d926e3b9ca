// A row of the table `entries`, and its columns against the entry that they repeat.
//
// Errors   Error{integrity} for a value of another type than its column
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "chain/entry_view.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

/// Append WHERE and ORDER BY; row_of reads its columns.
inline constexpr std::string_view select_rows =
    "SELECT seq, event_type, actor, timestamp, entry_hash, body FROM entries";

/// Valid until the statement's next step.
struct Row {
  std::uint64_t seq = 0;
  std::string_view event_type;
  std::string_view actor;
  std::string_view timestamp;
  std::string_view entry_hash;
  std::string_view body;
};

[[nodiscard]] Row row_of(const store::Statement& statement);
/// The first column that differs from the entry, or nothing.
[[nodiscard]] std::optional<std::string_view> differing_column(const Row& row,
                                                               const chain::EntryView& entry,
                                                               const Hash& hash);

}  // namespace lexecon::ledger
