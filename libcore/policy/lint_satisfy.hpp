// Whether anything can make a condition true, as far as that shows without a request.
//
// Shapes   exact for comparisons with a literal, membership in a list of literals, and what joins them,
//          one variable at a time; any other part may be true or false, but the same part is the same
//          throughout
// Units    conditions of over 256 alternatives count as possible
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cel/program.hpp"

namespace lexecon::policy {

/// What is known of a variable besides: it equals a pattern, or begins with one.
struct Known {
  std::string variable;
  std::string pattern;
};

/// Whether all of them can be true together.
[[nodiscard]] bool can_hold(std::span<const cel::Program* const> conditions,
                            std::span<const Known> known);

}  // namespace lexecon::policy
