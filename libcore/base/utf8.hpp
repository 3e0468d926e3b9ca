// UTF-8, strictly: no overlong form, no surrogate, nothing above U+10FFFF.
//
// Source   RFC 3629; the Unicode Standard, table 3-7
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lexecon {

struct Utf8Char {
  char32_t point;
  std::size_t length;
};

/// The character at byte `offset`, which is below the size; nothing when the bytes there are none.
[[nodiscard]] std::optional<Utf8Char> utf8_at(std::string_view text, std::size_t offset);
/// The offset of the first byte that is no UTF-8, or npos.
[[nodiscard]] std::size_t find_bad_utf8(std::string_view text);
void append_utf8(std::string& out, char32_t point);

}  // namespace lexecon
