// Expressions written back as CEL.
//
// Shapes   one line, single spaces, brackets only where the grammar needs them; literals as they were
//          written. Parsing the text gives the same tree. Comments are lost: see Ast::has_comments
#pragma once

#include <string>

#include "cel/ast.hpp"

namespace lexecon::cel {

[[nodiscard]] std::string unparse(const Ast& ast);
[[nodiscard]] std::string unparse(const Ast& ast, NodeId node);

}  // namespace lexecon::cel
