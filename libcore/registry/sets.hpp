// Sets of files that were activated.
//
// Source   lexecon-ledger(5), policy.activated
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/entry.hpp"
#include "decision/active_set.hpp"
#include "store/database.hpp"

namespace lexecon::registry {

/// One activation.
struct SetRow {
  std::uint64_t seq = 0;
  Timestamp activated_at;
  Hash policy_hash;
  std::optional<Hash> previous_hash;
  std::string mode;
  std::string four_eyes;
  std::vector<decision::FileDigest> files;  // by name
};

/// The last activation; its entry is hashed again.
[[nodiscard]] std::optional<SetRow> active_set(store::Database& database);
/// The last activation of that set.
[[nodiscard]] std::optional<SetRow> find_set(store::Database& database, const Hash& policy_hash);
/// Oldest first.
[[nodiscard]] std::vector<SetRow> all_sets(store::Database& database);

/// Puts the bytes of a set's file on record under their digest; not a projection: entries name only
/// digests.
void keep_file(store::Database& database, std::string_view bytes);

void apply_set(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::registry
