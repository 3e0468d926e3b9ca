// A loaded set as bytes and back: node.yaml, risk.yaml and the compiled policies, for the cache.
//
// Errors   Error{bad_input} for whatever pack_set() would not have written
#pragma once

#include <string>
#include <string_view>

#include "decision/active_set.hpp"

namespace lexecon::decision {

/// Changes whenever the bytes of one set change.
inline constexpr int set_layout = 3;

[[nodiscard]] std::string pack_set(const ActiveSet& set);
[[nodiscard]] ActiveSet unpack_set(std::string_view bytes);

}  // namespace lexecon::decision
