// A value put into a JSON text, or taken out of it, with every other byte left as it is.
//
// Shapes   a place is the tokens of a pointer; only what the change needs is written, on lines of its own
// Errors   Error{bad_input} for a text that is no JSON, or whose place is not there
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/json.hpp"

namespace lexecon::json {

/// `value` as the first member `name` of the object at `place`, which has none of that name.
[[nodiscard]] std::string with_member(std::string_view text, const std::vector<std::string>& place,
                                      const std::string& name, const Json& value);
/// `value` as the last element of the array at `place`.
[[nodiscard]] std::string with_element(std::string_view text, const std::vector<std::string>& place,
                                       const Json& value);
/// Without the member or the element at `place`.
[[nodiscard]] std::string without(std::string_view text, const std::vector<std::string>& place);

}  // namespace lexecon::json
