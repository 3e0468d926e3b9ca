// An expression with its names resolved: what is evaluated.
//
// Shapes   steps[i] is what nodes[i] of the tree does
// Errors   strict: unknown names and functions, wrong numbers of arguments, patterns that are no
//          literal, and literals that are no pattern or no zone are problems of loading; lenient:
//          they are failures of evaluation, as the language definition has it
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cel/ast.hpp"
#include "cel/functions.hpp"
#include "cel/names.hpp"
#include "cel/pattern.hpp"
#include "cel/zone.hpp"

namespace lexecon::cel {

enum class Target : std::uint8_t {
  operation,    // what the node's operator does
  constant,     // a literal, a type, a list or a map of constants
  slot,         // a variable
  context_key,  // a member, called `constant`, of the map in a slot
  local,        // a comprehension variable
  nothing,      // a name without a meaning
};

inline constexpr std::uint32_t no_resource = UINT32_MAX;

struct Step {
  Target target = Target::operation;
  Op op = Op::literal;
  Function function = Function::size;
  bool is_known = true;     // the function and its number of arguments
  std::uint16_t index = 0;  // the slot, or the local that is read or that a comprehension sets
  std::uint32_t cost = 1;   // of a constant: as if its parts were visited
  std::uint32_t first = 0;  // operands as in the node
  std::uint32_t count = 0;
  std::uint32_t resource = no_resource;  // a pattern or a zone that is a literal
  Value constant;                        // also the key that is selected
};

struct Program {
  Ast ast;
  std::vector<Step> steps;
  std::vector<Pattern> patterns;
  std::vector<Zone> zones;
  std::uint16_t locals = 0;
};

enum class Mode : std::uint8_t { strict, lenient };

/// Lenient compilation of a tree always gives a program.
[[nodiscard]] std::variant<Program, std::vector<Problem>> compile(Ast ast, const Names& names,
                                                                  Mode mode);
/// Parses first; what is no expression is a problem in both modes.
[[nodiscard]] std::variant<Program, std::vector<Problem>> compile(std::string_view source,
                                                                  const Names& names, Mode mode);

}  // namespace lexecon::cel
