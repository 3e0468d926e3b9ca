// Text in, syntax tree out.
//
// Shapes   UTF-8 of at most max_source bytes, at most max_height operators or brackets deep; chains
//          of && and of || are one node however long they are
// Source   CEL language definition, Syntax and Macros; messages are not part of this language
#pragma once

#include <string_view>
#include <variant>

#include "cel/ast.hpp"

namespace lexecon::cel {

/// The tree, or the first thing that is wrong.
[[nodiscard]] std::variant<Ast, Problem> parse(std::string_view source);

}  // namespace lexecon::cel
