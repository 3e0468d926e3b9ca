// The files that an activation names.
#pragma once

#include <optional>
#include <vector>

#include "chain/entry.hpp"
#include "decision/active_set.hpp"

namespace lexecon::ledger {

/// Nothing when the data has not its shape, which the check of events says.
[[nodiscard]] std::optional<std::vector<decision::FileDigest>> files_of(const chain::Entry& entry);

}  // namespace lexecon::ledger
