// The set that a tool looks at: the active one, or the draft in the folder.
//
// Shapes   a draft needs no ledger, and its time is the clock's; the active set is read from the bytes on
//          record, and its time is never before the last entry, as when a request is decided
// Errors   Error{not_found} when no set is active; else those of service/sets and service/draft
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "base/time.hpp"
#include "decision/active_set.hpp"

namespace lexecon::service {

enum class Which : std::uint8_t { active, draft };
[[nodiscard]] std::string_view to_string(Which which);

struct ChosenSet {
  Which which = Which::active;
  decision::ActiveSet set;
  Timestamp at;
};

[[nodiscard]] ChosenSet choose_set(const Path& folder, Which which, Timestamp now);
/// The set that is called `active`, `draft`, by the hash of one that was activated, or else by a folder with a
/// node.yaml. `node` is asked for the node's folder only where it is needed.
[[nodiscard]] decision::ActiveSet named_set(const std::function<Path()>& node,
                                            const std::string& name, Timestamp now);

}  // namespace lexecon::service
