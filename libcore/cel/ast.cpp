#include "cel/ast.hpp"

#include <array>
#include <utility>

namespace lexecon::cel {
namespace {

using Named = std::pair<Op, std::string_view>;

constexpr std::array<Named, 16> signs = {{
    {Op::not_, "!"},
    {Op::negate, "-"},
    {Op::multiply, "*"},
    {Op::divide, "/"},
    {Op::modulo, "%"},
    {Op::add, "+"},
    {Op::subtract, "-"},
    {Op::less, "<"},
    {Op::less_equal, "<="},
    {Op::greater, ">"},
    {Op::greater_equal, ">="},
    {Op::equal, "=="},
    {Op::not_equal, "!="},
    {Op::in, "in"},
    {Op::and_, "&&"},
    {Op::or_, "||"},
}};

constexpr std::array<Named, 5> macros = {{
    {Op::all, "all"},
    {Op::exists, "exists"},
    {Op::exists_one, "exists_one"},
    {Op::map_each, "map"},
    {Op::filter, "filter"},
}};

std::string_view name_in(std::span<const Named> table, Op op) {
  for (const auto& [known, name] : table) {
    if (known == op) return name;
  }
  return {};
}

}  // namespace

bool is_comprehension(Op op) { return !macro_name(op).empty(); }
std::string_view sign_of(Op op) { return op == Op::conditional ? "?:" : name_in(signs, op); }
std::string_view macro_name(Op op) { return name_in(macros, op); }

}  // namespace lexecon::cel
