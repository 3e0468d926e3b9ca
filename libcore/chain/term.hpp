// The names of terms: one spelling for each, so that two names are the same only as bytes.
//
// Source   lexecon-policy(5), Terms and matching
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lexecon::chain {

inline constexpr std::size_t max_term_bytes = 255;

/// `prefix` and a name without faults, together at most 255 bytes; for `resource:` its path as well.
[[nodiscard]] bool is_term(std::string_view text, std::string_view prefix);
/// What is wrong with the bytes of a name: others than [A-Za-z0-9._:@/+%-], or an escape that is not
/// two upper-case hex digits of a byte that needs one.
[[nodiscard]] std::optional<std::string> name_fault(std::string_view name);
/// What is wrong with the path of a resource: parts between '/' or ':' that are empty, "." or "..".
/// `open_end`: it is followed by a '*'.
[[nodiscard]] std::optional<std::string> path_fault(std::string_view name, bool open_end);

}  // namespace lexecon::chain
