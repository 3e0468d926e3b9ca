// Expressions and values written back as CEL.
//
// Shapes   one line, single spaces, brackets only where the grammar needs them; literals as they were
//          written. Parsing the text gives the same tree. Comments are lost: see Ast::has_comments
#pragma once

#include <string>

#include "cel/ast.hpp"

namespace lexecon::cel {

[[nodiscard]] std::string unparse(const Ast& ast);
[[nodiscard]] std::string unparse(const Ast& ast, NodeId node);

/// A value as an expression that has it: `[1, 2u, "a"]`, `timestamp("2009-02-13T23:31:30Z")`. What
/// is longer than `most` bytes ends in three points.
[[nodiscard]] std::string to_text(const Value& value, std::size_t most = 4096);

}  // namespace lexecon::cel
