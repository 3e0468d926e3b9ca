// What the operators do with values.
//
// Errors   a value of the kind error, made at the site; integers, timestamps and durations never wrap
// Source   CEL language definition, Overflow and List of Standard Definitions
#pragma once

#include "cel/ast.hpp"
#include "cel/site.hpp"

namespace lexecon::cel {

/// + - * / %
[[nodiscard]] Value arithmetic(const Site& site, Op op, const Value& left, const Value& right);
[[nodiscard]] Value negate(const Site& site, const Value& value);
/// < <= > >=
[[nodiscard]] Value ordering(const Site& site, Op op, const Value& left, const Value& right);
/// left in right
[[nodiscard]] Value membership(const Site& site, const Value& left, const Value& right);
/// collection[key]; the types of a declared map are checked by the caller.
[[nodiscard]] Value index(const Site& site, const Value& collection, const Value& key);

}  // namespace lexecon::cel
