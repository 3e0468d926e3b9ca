// Numbers and texts of them, and the ranges of conversions.
//
// Shapes   literals and texts in decimal, integers also as 0x and hex digits in a literal; doubles
//          written with the fewest digits that read back as the same double
// Source   CEL language definition, Syntax and Overflow
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lexecon::cel {

/// Digits with at most one sign before them; nothing for another shape or out of range.
[[nodiscard]] std::optional<std::int64_t> read_integer(std::string_view text);
[[nodiscard]] std::optional<std::uint64_t> read_unsigned(std::string_view text, int base = 10);
/// Decimal with optional sign, point and exponent, or inf, infinity, nan in any case; nothing for
/// another shape or a number too large. One too small is zero.
[[nodiscard]] std::optional<double> read_real(std::string_view text);

/// Towards zero; nothing for what is not strictly between -2^63 and 2^63.
[[nodiscard]] std::optional<std::int64_t> integer_of(double value);
/// Towards zero; nothing below zero or from 2^64 on.
[[nodiscard]] std::optional<std::uint64_t> unsigned_of(double value);

/// As string() gives it: "1.5", "100", "1e+21", "-0", "Infinity", "NaN".
[[nodiscard]] std::string real_text(double value);
/// As a literal, which always has a point or an exponent: "1.0", "1e+16"; "inf", "nan".
[[nodiscard]] std::string real_literal(double value);

}  // namespace lexecon::cel
