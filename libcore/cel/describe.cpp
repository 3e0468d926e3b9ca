#include "cel/describe.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cel/phrases.hpp"
#include "cel/spell.hpp"

namespace lexecon::cel {
namespace {

constexpr std::size_t shown = 80;  // bytes of a value, and of a line

std::string spelt(const Value& value) { return ticked(printable(to_text(value, shown))); }

std::string operation(const Node& node) {
  if (!sign_of(node.op).empty()) return ticked(sign_of(node.op));
  if (node.op == Op::index) return "`[]`";
  if (node.op == Op::select || node.op == Op::has) return ticked("." + std::string(node.name));
  if (is_comprehension(node.op)) return ticked(macro_name(node.op));
  return ticked(node.name);
}

std::string no_overload(const Node& node, const Failure& failure) {
  std::string text = operation(node) + " takes no " + std::string(type_name(failure.left.kind()));
  if (!failure.right.is(Kind::absent)) {
    text += " with " + std::string(type_name(failure.right.kind()));
  }
  if (is_comprehension(node.op) && !failure.left.is(Kind::list) && !failure.left.is(Kind::map)) {
    text += ", only a list or a map, and for each element a bool";
  }
  return text;
}

std::string out_of_range(const Node& node, const Failure& failure) {
  std::string text = operation(node) + " of " + spelt(failure.left);
  if (!failure.right.is(Kind::absent)) text += " and " + spelt(failure.right);
  return text + " is out of range";
}

/// A name as it was written, with its dots.
std::string full_name(const Ast& ast, const Node& node) {
  if (node.op != Op::select) return std::string(node.name);
  return full_name(ast, ast.nodes[ast.operands_of(node)[0]]) + "." + std::string(node.name);
}

std::string message(const Ast& ast, const Failure& failure) {
  const Node& node = ast.nodes[failure.node];
  switch (failure.fault) {
    case Fault::unbound:
      return ticked(full_name(ast, node)) + " has no value";
    case Fault::unknown_function:
      return "no function " + ticked(node.name) + " takes these arguments";
    case Fault::no_overload:
      return no_overload(node, failure);
    case Fault::no_key:
      return "no such key: " + spelt(failure.left);
    case Fault::no_element:
      return "no element " + spelt(failure.left) + " in the list";
    case Fault::bad_key:
      return "expected a key that is a bool, int, uint or string, found " + spelt(failure.left);
    case Fault::repeated_key:
      return "two keys of the map are equal";
    case Fault::out_of_range:
      return out_of_range(node, failure);
    case Fault::division_by_zero:
      return std::string(node.op == Op::modulo ? "modulus" : "division") + " by zero";
    case Fault::not_readable:
      return operation(node) + " cannot read " + spelt(failure.left);
    case Fault::not_utf8:
      return "expected UTF-8, found " + spelt(failure.left);
    case Fault::unknown_zone:
      return "no time zone is called " + spelt(failure.left);
    case Fault::bad_pattern:
      return "expected a regular expression, found " + spelt(failure.left);
    case Fault::other_type:
      return "the context key " + spelt(failure.left) + " has not the type that is declared, but " +
             std::string(type_name(failure.right.kind()));
    case Fault::too_costly:
      return "the evaluation costs more than it may";
  }
  return {};
}

/// Of a text cut into characters, at most `most` bytes from its end, or from its start.
std::string_view tail(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  text.remove_prefix(text.size() - most);
  while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80) {
    text.remove_prefix(1);
  }
  return text;
}

std::string_view head(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80) --most;
  return text.substr(0, most);
}

}  // namespace

Problem describe(const Program& program, const Failure& failure) {
  return {program.ast.nodes[failure.node].at, message(program.ast, failure)};
}

Place place_of(std::string_view source, std::uint32_t at) {
  const auto before = source.substr(0, std::min<std::size_t>(at, source.size()));
  const auto start = before.rfind('\n');
  const auto line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  return {line, start == std::string_view::npos ? before.size() + 1 : before.size() - start};
}

std::string caret(std::string_view source, std::uint32_t at) {
  const auto offset = std::min<std::size_t>(at, source.size());
  const auto newline = source.substr(0, offset).rfind('\n');
  const auto start = newline == std::string_view::npos ? 0 : newline + 1;
  const auto end = std::min(source.find_first_of("\r\n", offset), source.size());
  // What is printable() has the same length in front of the caret and above it.
  const auto before = printable(tail(source.substr(start, offset - start), shown));
  const auto after = printable(head(source.substr(offset, end - offset), shown));
  const auto width = std::count_if(before.begin(), before.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
  });
  return before + after + "\n" + std::string(static_cast<std::size_t>(width), ' ') + "^";
}

Error to_error(std::string_view source, const Problem& problem, const std::string& name) {
  const Place place = place_of(source, problem.at);
  const auto where = std::to_string(place.line) + ":" + std::to_string(place.column);
  return {ErrorCode::bad_input, problem.message, name.empty() ? where : name + ":" + where};
}

}  // namespace lexecon::cel
