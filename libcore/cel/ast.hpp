// The syntax tree of an expression: what was written, before any name has a meaning.
//
// Shapes   nodes stand behind their operands, so that a loop over `nodes` sees operands first and the
//          root last; texts are views of the source or of `storage`
// Units    `at` counts bytes from the start of the source
// Source   CEL language definition, Syntax
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/arena.hpp"
#include "cel/site.hpp"
#include "cel/value.hpp"

namespace lexecon::cel {

inline constexpr std::size_t max_source = 65'536;  // bytes
inline constexpr std::uint16_t max_height = 250;   // of the tree, and of open brackets

enum class Op : std::uint8_t {
  literal,        // `literal`; `name` is how it was written
  name,           // `name`
  select,         // operand.name
  has,            // has(operand.name)
  index,          // operand[operand]
  call,           // name(operands)
  method,         // operand.name(operands)
  list,           // operands
  map,            // operands: key, value, key, value
  not_,           // one operand
  negate,         //
  multiply,       // two operands
  divide,         //
  modulo,         //
  add,            //
  subtract,       //
  less,           //
  less_equal,     //
  greater,        //
  greater_equal,  //
  equal,          //
  not_equal,      //
  in,             //
  and_,           // two operands and more
  or_,            //
  conditional,    // three operands
  all,            // range, predicate; `name` is the variable
  exists,         //
  exists_one,     //
  map_each,       // range, [predicate], result
  filter,         // range, predicate
  variable,       // what a comprehension calls its elements: nobody's operand
};

struct Node {
  Op op = Op::literal;
  bool rooted = false;  // a name or a call with a point before it
  bool quoted = false;  // a selected `name` in backticks
  std::uint16_t height = 1;
  std::uint32_t at = 0;  // of the operator, of the name, of the first byte of anything else
  std::uint32_t first = 0;
  std::uint32_t count = 0;  // operands[first, first + count)
  std::string_view name;
  Value literal;
};

struct Ast {
  std::string_view source;
  std::vector<Node> nodes;
  std::vector<NodeId> operands;
  bool has_comments = false;
  Arena storage;

  [[nodiscard]] NodeId root() const { return static_cast<NodeId>(nodes.size() - 1); }
  [[nodiscard]] std::span<const NodeId> operands_of(const Node& node) const {
    return std::span(operands).subspan(node.first, node.count);
  }
  [[nodiscard]] std::span<const NodeId> operands_of(NodeId node) const {
    return operands_of(nodes[node]);
  }
};

/// What is wrong with an expression, and where.
struct Problem {
  std::uint32_t at = 0;
  std::string message;
};

[[nodiscard]] bool is_comprehension(Op op);
/// "+", "&&", "in": as it stands between its operands, or before its one.
[[nodiscard]] std::string_view sign_of(Op op);
/// "all", "map": as the macro is called.
[[nodiscard]] std::string_view macro_name(Op op);

}  // namespace lexecon::cel
