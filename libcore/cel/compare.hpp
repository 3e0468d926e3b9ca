// Equality of any two values, order of those that have one.
//
// Shapes   values of different types are unequal, but int, uint and double are one number line: an
//          int and a uint are compared exactly, either with a double as doubles; NaN equals nothing
// Source   CEL language definition, Equality and Ordering
#pragma once

#include <compare>
#include <optional>

#include "cel/site.hpp"

namespace lexecon::cel {

[[nodiscard]] bool is_number(Kind kind);
/// Pays for the elements and bytes that were compared; false, of no meaning, once the meter is out.
[[nodiscard]] bool equal(const Value& left, const Value& right, Meter& meter);
/// Whether an element of `list` equals `value`; pays for the elements up to it.
[[nodiscard]] bool holds(const Value& list, const Value& value, Meter& meter);
/// Nothing for types that have no order, or none with each other.
[[nodiscard]] std::optional<std::partial_ordering> order_of(const Value& left, const Value& right);

}  // namespace lexecon::cel
