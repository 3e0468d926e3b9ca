// What a literal stands for.
//
// Source   CEL language definition, Syntax, and String and Bytes Values
#pragma once

#include <string_view>
#include <variant>

#include "cel/arena.hpp"
#include "cel/ast.hpp"
#include "cel/token.hpp"

namespace lexecon::cel {

/// The value of a number token, with a minus before it or not.
[[nodiscard]] std::variant<Value, Problem> read_number(const Token& token, bool negative);
/// The value of a string token: text or bytes, in `storage` when it had escapes.
[[nodiscard]] std::variant<Value, Problem> read_string(const Token& token, Arena& storage);

}  // namespace lexecon::cel
