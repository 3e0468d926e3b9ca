// Which entries are of matters that came to their end: they may leave the database.
//
// Shapes   of a decision its whole story, or nothing: the entry, its tokens, its escalation, who answered for
//          it; and gates that were checked. All else stays, for later entries rest on it, and so does what
//          an entry that stays names
// Errors   Error{integrity} for an entry that cannot be read
// Source   lexecon-archive(1)
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "store/database.hpp"

namespace lexecon::exporting {

/// Ascending: all of it lies below `size`, and at `now` no token, answer or review of it is open. One pass
/// over all entries.
[[nodiscard]] std::vector<std::uint64_t> finished_entries(store::Database& database,
                                                          std::uint64_t size, Timestamp now);

}  // namespace lexecon::exporting
