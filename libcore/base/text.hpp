// Text for people: joining, escaping for a terminal and a shell, "did you mean".
//
// Source   escaping as in lexecon(7), Output; distance: Damerau-Levenshtein
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexecon {

[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

/// What a terminal or a page would act upon or hide instead of showing it: controls, marks of direction,
/// characters without width.
[[nodiscard]] bool is_hidden(char32_t point);
/// One printable line: controls, bidi and zero-width characters as \u{hex}, bad UTF-8 as \xhh.
[[nodiscard]] std::string printable(std::string_view text);
/// One word for sh, unquoted when that is safe.
[[nodiscard]] std::string shell_quote(std::string_view text);
/// The nearest of `known`, when it is near enough to be a slip: distance at most 2 and a third.
[[nodiscard]] std::optional<std::string> did_you_mean(std::string_view typed,
                                                      std::span<const std::string> known);
/// A decimal integer in full: no sign but '-', no leading zero, no spaces; nothing otherwise.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace lexecon
