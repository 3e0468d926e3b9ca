// The parser's lower half: literals, names, calls, macros, what follows a value.
#include <array>
#include <utility>

#include "cel/literal.hpp"
#include "cel/parser.hpp"

namespace lexecon::cel {
namespace {

constexpr std::string_view no_messages = "messages are not part of this language";

}  // namespace

NodeId Parser::member() {
  auto node = primary();
  while (true) {
    if (token_.is_sign(".")) {
      node = selection(node);
    } else if (token_.is_sign("[")) {
      node = index(node);
    } else if (token_.is_sign("{")) {
      stop(token_.at, std::string(no_messages));
    } else {
      return node;
    }
  }
}

NodeId Parser::primary() {
  switch (token_.kind) {
    case TokenKind::number:
      return number(false, token_.at);
    case TokenKind::string:
      return string();
    case TokenKind::name:
      return is_keyword(token_.text) ? literal_word() : name();
    case TokenKind::sign:
      if (token_.text == ".") return name();
      if (token_.text == "[") return list();
      if (token_.text == "{") return map();
      if (eat("(")) {
        const auto inside = expression();
        expect(")", "an expression in brackets");
        return inside;
      }
      break;
    case TokenKind::quoted:
      stop(token_.at, "expected backticks only after a point");
    case TokenKind::end:
    case TokenKind::broken:
      break;
  }
  stop(token_.at, "expected an expression" + seen());
}

NodeId Parser::literal_word() {
  Node node;
  node.at = token_.at;
  node.name = token_.text;
  if (token_.text == "in") stop(token_.at, "expected an expression" + seen());
  node.literal = token_.text == "null" ? Value::null() : Value::boolean(token_.text == "true");
  advance();
  return add(node, mark());
}

NodeId Parser::number(bool negative, std::uint32_t at) {
  auto read = read_number(token_, negative);
  if (auto* problem = std::get_if<Problem>(&read)) throw Stop{std::move(*problem)};
  Node node;
  node.at = at;
  node.literal = std::get<Value>(read);
  // With its minus only when nothing stands between them.
  const auto start = negative && at + 1 == token_.at ? at : token_.at;
  node.name = negative && start != at
                  ? std::string_view()
                  : ast_.source.substr(start, token_.at + token_.text.size() - start);
  advance();
  return add(node, mark());
}

NodeId Parser::string() {
  auto read = read_string(token_, ast_.storage);
  if (auto* problem = std::get_if<Problem>(&read)) throw Stop{std::move(*problem)};
  Node node;
  node.at = token_.at;
  node.name = token_.text;
  node.literal = std::get<Value>(read);
  advance();
  return add(node, mark());
}

/// name, .name, name(arguments)
NodeId Parser::name() {
  Node node;
  node.op = Op::name;
  node.rooted = eat(".");
  if (token_.kind != TokenKind::name) stop(token_.at, "expected a name after `.`" + seen());
  const Token called = token_;
  if (is_reserved(called.text)) {
    stop(called.at, "`" + std::string(called.text) + "` is a reserved word");
  }
  node.at = called.at;
  node.name = called.text;
  advance();
  const auto from = mark();
  if (token_.is_sign("(")) {
    if (called.text == "has" && !node.rooted) return has_macro(called);
    arguments();
    node.op = Op::call;
  }
  return add(node, from);
}

NodeId Parser::list() {
  Node node;
  node.op = Op::list;
  node.at = token_.at;
  const auto from = mark();
  advance();
  while (!token_.is_sign("]")) {
    const auto item = expression();
    pending_.push_back(item);
    if (!eat(",")) break;
  }
  expect("]", "the elements of a list");
  return add(node, from);
}

NodeId Parser::map() {
  Node node;
  node.op = Op::map;
  node.at = token_.at;
  const auto from = mark();
  advance();
  while (!token_.is_sign("}")) {
    const auto key = expression();
    pending_.push_back(key);
    expect(":", "a key");
    const auto value = expression();
    pending_.push_back(value);
    if (!eat(",")) break;
  }
  expect("}", "the members of a map");
  return add(node, from);
}

/// operand.name, operand.`name`, operand.name(arguments)
NodeId Parser::selection(NodeId operand) {
  advance();
  const Token selected = token_;
  const bool quoted = selected.kind == TokenKind::quoted;
  if (!quoted && (selected.kind != TokenKind::name || is_keyword(selected.text))) {
    stop(selected.at, "expected a name after `.`" + seen());
  }
  advance();
  if (token_.is_sign("(") && !quoted) return method(operand, selected);
  const auto from = mark();
  pending_.push_back(operand);
  Node node;
  node.op = Op::select;
  node.at = selected.at;
  node.name = selected.text;
  node.quoted = quoted;
  return add(node, from);
}

NodeId Parser::index(NodeId operand) {
  const auto at = token_.at;
  advance();
  const auto inside = expression();
  expect("]", "an index");
  return add(Op::index, at, {operand, inside});
}

NodeId Parser::method(NodeId receiver, const Token& called) {
  const auto from = mark();
  pending_.push_back(receiver);
  arguments();
  if (const auto made = macro(receiver, called, from)) return *made;
  Node node;
  node.op = Op::method;
  node.at = called.at;
  node.name = called.text;
  return add(node, from);
}

/// (argument, argument): pushes them.
void Parser::arguments() {
  advance();
  while (!token_.is_sign(")")) {
    const auto argument = expression();
    pending_.push_back(argument);
    if (!eat(",")) break;
    if (token_.is_sign(")")) stop(token_.at, "expected an argument after `,`" + seen());
  }
  expect(")", "the arguments");
}

NodeId Parser::has_macro(const Token& called) {
  const auto from = mark();
  arguments();
  const bool is_selection = mark() == from + 1 && ast_.nodes[pending_.back()].op == Op::select;
  if (!is_selection) stop(called.at, "expected `has(value.name)`");
  // The selection becomes the macro: what it selects from is what is asked.
  Node& node = ast_.nodes[pending_.back()];
  node.op = Op::has;
  const auto made = pending_.back();
  pending_.resize(from);
  return made;
}

/// range.all(x, p) and its like; nothing when it is no macro but a method.
std::optional<NodeId> Parser::macro(NodeId range, const Token& called, std::size_t from) {
  constexpr std::array macros = {Op::all, Op::exists, Op::exists_one, Op::map_each, Op::filter};
  const auto count = mark() - from - 1;
  for (const Op op : macros) {
    if (macro_name(op) != called.text) continue;
    if (count != 2 && !(op == Op::map_each && count == 3)) return std::nullopt;
    Node& variable = ast_.nodes[pending_[from + 1]];
    if (variable.op != Op::name || variable.rooted) {
      stop(variable.at, "expected the name of a variable as first argument of `" +
                            std::string(called.text) + "`");
    }
    variable.op = Op::variable;
    Node node;
    node.op = op;
    node.at = called.at;
    node.name = variable.name;
    pending_[from] = range;
    pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(from) + 1);
    return add(node, from);
  }
  return std::nullopt;
}

}  // namespace lexecon::cel
