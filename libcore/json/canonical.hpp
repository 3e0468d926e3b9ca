// Canonical JSON out: the only bytes that are ever hashed or signed as a value.
//
// Shapes   RFC 8785: members by UTF-16 code units, ECMAScript numbers, no white space, UTF-8
// Errors   Error{bad_input} for a double that is not finite, or whose text would be an integer
//          beyond +-(2^53-1); for a lone surrogate or bad UTF-8
// Source   RFC 8785; ECMA-262 Number::toString
#pragma once

#include <string>

#include "json/fwd.hpp"

namespace lexecon::json {

[[nodiscard]] std::string canonical(const Json& value);
/// The ECMAScript text of a finite double.
[[nodiscard]] std::string number_text(double value);
/// `value` as its canonical text says: 1.0 becomes the integer 1, -0.0 becomes 0.
[[nodiscard]] Json normalised(const Json& value);

}  // namespace lexecon::json
