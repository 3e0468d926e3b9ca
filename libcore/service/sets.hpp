// Sets on record: the active one, those before it, and the bytes of their files.
//
// Errors   Error{not_found} for a set or a file that is not on record; Error{integrity} when stored
// bytes
//          do not give their digest
// Source   lexecon-policy(1)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "decision/active_set.hpp"
#include "json/json.hpp"
#include "registry/sets.hpp"
#include "service/node.hpp"

namespace lexecon::service {

class SetCache;

/// The active set loaded from the bytes on record; nothing when none was ever activated.
[[nodiscard]] std::optional<decision::ActiveSet> load_active(store::Database& database);
/// The same, from the cache when that is in order.
[[nodiscard]] std::optional<decision::ActiveSet> load_active(store::Database& database,
                                                             const SetCache& cache);
/// A set on record, loaded from its bytes and held against its hash.
[[nodiscard]] decision::ActiveSet load_recorded(store::Database& database,
                                                const registry::SetRow& set);
/// The same for what is recorded: taken from the cache when that is in order, else kept there.
[[nodiscard]] decision::ActiveSet load_recorded(store::Database& database,
                                                const registry::SetRow& set, const SetCache& cache);
/// The bytes of every file of a set on record, each checked against its digest.
[[nodiscard]] std::vector<decision::SetFile> set_files(store::Database& database,
                                                       const registry::SetRow& set);

/// Every activation, oldest first, its entry hashed again.
[[nodiscard]] std::vector<registry::SetRow> list_sets(const Node& node);
/// The active set, or the one with that hash.
[[nodiscard]] registry::SetRow find_set(const Node& node, const std::optional<Hash>& hash);
[[nodiscard]] std::string set_file_bytes(const Node& node, const registry::SetRow& set,
                                         const std::string& name);
[[nodiscard]] Json to_json(const registry::SetRow& set, bool active);

}  // namespace lexecon::service
