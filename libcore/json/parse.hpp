// Strict JSON in: the only way that bytes from outside become a value.
//
// Shapes   refused: a byte-order mark, NUL bytes, bad UTF-8, lone surrogates, members equal once
//          unescaped, trailing bytes, integers beyond +-(2^53-1), numbers that are not finite
// Units    depth counts open containers, the outermost is 1; columns count bytes from 1
// Errors   Error{bad_input}, where = "<name>:<line>:<column>", or the pointer in require_plain
// Source   RFC 8259, RFC 7493 (I-JSON), RFC 8785
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/fwd.hpp"

namespace lexecon::json {

inline constexpr std::int64_t max_integer = 9'007'199'254'740'991;  // 2^53-1
inline constexpr std::size_t max_depth = 64;

/// A token without '.', 'e', 'E' becomes an integer, any other a double. `name` is for messages.
/// U+0000 inside a string is JSON and passes; require_plain() refuses it.
[[nodiscard]] Json parse(std::string_view text, const std::string& name = {});

/// Parses, and throws unless canonical(value) is `text` byte for byte. Doubles pass: whoever takes
/// none calls require_plain() as well.
[[nodiscard]] Json parse_canonical(std::string_view text, const std::string& name = {});

/// Throws Error{bad_input} naming the pointer of the first double or U+0000 in `value`.
void require_plain(const Json& value, const std::string& pointer = {});

}  // namespace lexecon::json
