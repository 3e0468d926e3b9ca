// Canonical JSON out: the only bytes that are ever hashed or signed as a value.
//
// Shapes   RFC 8785: members by UTF-16 code units, ECMAScript numbers, no white space, UTF-8
// Errors   Error{bad_input} for a double that is not finite; for an integer, or a double whose text
//          would be one, beyond +-(2^53-1); for bad UTF-8; for a depth over 64
// Source   RFC 8785; ECMA-262 Number::toString
#pragma once

#include <string>
#include <string_view>

#include "json/fwd.hpp"

namespace lexecon::json {

[[nodiscard]] std::string canonical(const Json& value);
/// The same behind what is there already.
void append_canonical(std::string& out, const Json& value);
void append_canonical(std::string& out, std::string_view text);
/// The ECMAScript text of a finite double.
[[nodiscard]] std::string number_text(double value);
/// `value` as its canonical text says: 1.0 becomes the integer 1, -0.0 becomes 0.
[[nodiscard]] Json normalised(const Json& value);
/// The order of members: UTF-16 code units, judged on UTF-8.
[[nodiscard]] bool utf16_less(std::string_view left, std::string_view right);

}  // namespace lexecon::json
