// How deep a JSON value is nested, so that nothing is written which could not be read again.
#pragma once

#include <cstddef>

#include "json/fwd.hpp"

namespace lexecon::chain {

/// Throws Error{bad_input} when more than `limit` containers are open at once in `value`.
void require_depth(const Json& value, std::size_t limit);

}  // namespace lexecon::chain
