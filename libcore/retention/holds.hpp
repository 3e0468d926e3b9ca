// Holds and erasures on record, and the sealed content that an act on it names.
//
// Shapes   told by entries, each hashed again; no row is asked
// Errors   Error{integrity} where entries contradict each other; Error{not_found} for an unknown id
// Source   lexecon-ledger(5), Holds and erasure
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/custody.hpp"
#include "chain/entry.hpp"
#include "ledger/reader.hpp"
#include "store/database.hpp"

namespace lexecon::retention {

/// What holds and erasures are on record.
[[nodiscard]] authority::Custody custody(store::Database& database);
/// The classes that the set in force has.
[[nodiscard]] decision::RetentionRules rules(store::Database& database);
/// What the entries and the set in force say of the content that a new act names; `database` must outlive it.
[[nodiscard]] authority::Ground ground(store::Database& database);
/// The entry that placed a hold.
[[nodiscard]] std::optional<std::uint64_t> find_hold(store::Database& database,
                                                     std::string_view hold_id);

/// Names sealed content. An id stands for all that is on record about it: of a decision also what people
/// wrote about it, and the evidence that is linked to it.
struct Selection {
  std::vector<std::string> ids = {};  // of decisions, evidence and entries
  std::vector<std::uint64_t> seqs = {};
  std::optional<ledger::EntryFilter> decisions = {};  // all that pass
};
/// The seqs of the content, ascending. What was erased is not among it, unless it was named itself.
[[nodiscard]] std::vector<std::uint64_t> select(store::Database& database,
                                                const Selection& selection);

}  // namespace lexecon::retention
