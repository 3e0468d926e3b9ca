// What the entries say of the rows of a projection. A row alone is believed by nobody: whoever can write
// the file can write it, and no key is needed for that.
//
// Errors   Error{integrity} when a row and the entries differ; nothing was recorded then
// Source   lexecon-ledger(5), Projections
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string_view>

#include "ledger/reader.hpp"
#include "store/database.hpp"

namespace lexecon::registry {

/// The seq of the newest entry of that type, through the index.
[[nodiscard]] std::optional<std::uint64_t> newest_of(store::Database& database,
                                                     std::string_view event_type);
[[noreturn]] void refuse_table(std::string_view table, std::uint64_t seq);
/// The entry that a row rests on, hashed again; of another type it is none.
[[nodiscard]] ledger::StoredEntry entry_behind(store::Database& database, std::string_view table,
                                               std::uint64_t seq, std::string_view event_type);
/// Hashes every entry of that type above a seq again, oldest first; with `part`, those whose bytes
/// contain it.
void each_after(store::Database& database, std::string_view event_type,
                std::optional<std::uint64_t> seq, std::optional<std::string_view> part,
                const std::function<void(const chain::Entry&)>& visit);
/// The entries whose sealed content was erased, as entries on record say.
[[nodiscard]] std::set<std::uint64_t> erased_seqs(store::Database& database);
/// Whether an entry on record says that the sealed content of this one was erased.
[[nodiscard]] bool was_erased(store::Database& database, std::uint64_t seq);

}  // namespace lexecon::registry
