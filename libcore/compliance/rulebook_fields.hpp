// The values that every part of a rulebook is made of, read strictly.
//
// Errors   Error{bad_input}, where = "file:line:col"
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "json/node.hpp"

namespace lexecon::compliance {

using Names = std::span<const std::string_view>;

/// A text of one line, 1 to 1000 bytes, without spaces at its ends.
[[nodiscard]] std::string line_of(const json::NodeReader& reader, const json::Node& value,
                                  std::string_view what);
[[nodiscard]] std::string line(json::NodeReader& reader, std::string_view key);
[[nodiscard]] std::optional<std::string> optional_line(json::NodeReader& reader,
                                                       std::string_view key);
/// A list of such, none of them twice; empty when absent.
[[nodiscard]] std::vector<std::string> lines(json::NodeReader& reader, std::string_view key);
/// YYYY-MM-DD, a real day.
[[nodiscard]] Date day(json::NodeReader& reader, std::string_view key);
[[nodiscard]] std::optional<Date> optional_day(json::NodeReader& reader, std::string_view key);
[[nodiscard]] bool flag(json::NodeReader& reader, std::string_view key);
/// One of the names; empty when absent.
[[nodiscard]] std::string one_of(json::NodeReader& reader, std::string_view key, Names names);

}  // namespace lexecon::compliance
