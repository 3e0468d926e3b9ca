// Values read where their shape was not checked, or is for somebody else to refuse: what is not there is empty.
//
// Errors   none
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "json/json.hpp"

namespace lexecon::json {

/// A member of an object; null where there is none.
[[nodiscard]] const Json& member(const Json& object, const char* name);
/// The same as text: empty where it is none.
[[nodiscard]] std::string_view text(const Json& object, const char* name);
/// An integer that is not below 0.
[[nodiscard]] std::optional<std::uint64_t> natural(const Json& value);
/// Those of a list, in its order.
[[nodiscard]] std::vector<std::uint64_t> naturals(const Json& list);

}  // namespace lexecon::json
