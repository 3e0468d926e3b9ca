// Reading entries, sealed content and checkpoints from the store. Each entry is hashed again as it is read.
//
// Errors   Error{integrity} naming the entry whose bytes do not give its hash or its columns
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

struct StoredEntry {
  chain::Entry entry;
  std::string bytes;
  Hash hash;
};

/// Entries in the database.
[[nodiscard]] std::uint64_t size(store::Database& database);
[[nodiscard]] std::optional<StoredEntry> read_entry(store::Database& database, std::uint64_t seq);
/// S of an entry, checked against its commitment; nothing when there is none on record.
[[nodiscard]] std::optional<std::string> read_sealed(store::Database& database,
                                                     const chain::Entry& entry);
/// The note of the largest checkpoint.
[[nodiscard]] std::optional<std::string> last_checkpoint(store::Database& database);
[[nodiscard]] std::optional<std::string> checkpoint_at(store::Database& database,
                                                       std::uint64_t tree_size);
/// The bytes of a policy file on record.
[[nodiscard]] std::optional<std::string> read_policy_file(store::Database& database,
                                                          const Hash& sha256);

struct EntryFilter {
  std::optional<std::string> event_type;
  std::optional<std::string> actor;
  std::optional<std::string> decision_id;  // data.decision_id
  std::vector<std::string> jtis;           // or data.jti, of the tokens of that decision
  std::optional<std::string> tenant;       // data.tenant
  std::optional<std::string> outcome;      // data.outcome
  std::optional<Timestamp> from;           // inclusive
  std::optional<Timestamp> to;             // exclusive
  std::optional<std::uint64_t> limit;
  bool reverse = false;
};
/// Whether the entry is what the filter selects; limit and order are for the list.
[[nodiscard]] bool passes(const chain::Entry& entry, const EntryFilter& filter);
/// Calls `visit` for each entry that passes, oldest first unless reverse; streams.
void each_entry(store::Database& database, const EntryFilter& filter,
                const std::function<void(const StoredEntry&)>& visit);

}  // namespace lexecon::ledger
