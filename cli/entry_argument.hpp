// An entry as people name it.
#pragma once

#include <cstdint>
#include <string>

namespace lexecon::cli {

/// genesis, entry_<n> or a number; Error{usage} for anything else.
[[nodiscard]] std::uint64_t seq_argument(const std::string& typed);

}  // namespace lexecon::cli
