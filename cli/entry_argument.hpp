// An entry as people name it.
#pragma once

#include <cstdint>
#include <string>

#include "store/database.hpp"

namespace lexecon::cli {

/// genesis, entry_<n> or a number; Error{usage} for anything else.
[[nodiscard]] std::uint64_t seq_argument(const std::string& typed);
/// The same, or the id of a decision on record.
[[nodiscard]] std::uint64_t seq_argument(store::Database& database, const std::string& typed);

}  // namespace lexecon::cli
