#include "cel/parse.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "cel/parser.hpp"

namespace lexecon::cel {
namespace {

constexpr std::array relations = {Op::less,  Op::less_equal, Op::greater, Op::greater_equal,
                                  Op::equal, Op::not_equal,  Op::in};
constexpr std::array sums = {Op::add, Op::subtract};
constexpr std::array products = {Op::multiply, Op::divide, Op::modulo};

}  // namespace

Parser::Parser(std::string_view source) : lexer_({}) {
  ast_.source = ast_.storage.copy(source);
  lexer_ = Lexer(ast_.source);
  ast_.nodes.reserve(source.size() / 4 + 4);
  ast_.operands.reserve(source.size() / 4 + 4);
}

Ast Parser::run() {
  advance();
  if (token_.kind == TokenKind::end) stop(0, "expected an expression, found nothing");
  expression();
  if (token_.kind != TokenKind::end) stop(token_.at, "expected an operator or the end" + seen());
  ast_.has_comments = lexer_.saw_comments();
  return std::move(ast_);
}

NodeId Parser::expression() {
  if (++open_ > max_height) stop(token_.at, "expected at most 250 expressions inside each other");
  NodeId node = disjunction();
  if (token_.is_sign("?")) {
    const auto at = token_.at;
    advance();
    const auto then = disjunction();
    expect(":", "the first choice of `?`");
    const auto otherwise = expression();
    node = add(Op::conditional, at, {node, then, otherwise});
  }
  --open_;
  return node;
}

/// One node for operands with the same sign between them.
NodeId Parser::chain(Op op, NodeId (Parser::*operand)()) {
  const auto first = (this->*operand)();
  if (!token_.is_sign(sign_of(op))) return first;
  const auto at = token_.at;
  const auto from = mark();
  pending_.push_back(first);
  while (eat(sign_of(op))) {
    const auto next = (this->*operand)();
    pending_.push_back(next);
  }
  Node node;
  node.op = op;
  node.at = at;
  return add(node, from);
}

NodeId Parser::disjunction() { return chain(Op::or_, &Parser::conjunction); }
NodeId Parser::conjunction() { return chain(Op::and_, &Parser::relation); }

Op Parser::operator_here(std::span<const Op> choice) const {
  if (token_.kind != TokenKind::sign && !token_.is_name("in")) return Op::literal;
  const auto found = std::find_if(choice.begin(), choice.end(),
                                  [this](Op op) { return token_.text == sign_of(op); });
  return found == choice.end() ? Op::literal : *found;
}

NodeId Parser::relation() {
  auto left = sum();
  for (Op op = operator_here(relations); op != Op::literal; op = operator_here(relations)) {
    const auto at = token_.at;
    advance();
    const auto right = sum();
    left = add(op, at, {left, right});
  }
  return left;
}

NodeId Parser::sum() {
  auto left = product();
  for (Op op = operator_here(sums); op != Op::literal; op = operator_here(sums)) {
    const auto at = token_.at;
    advance();
    const auto right = product();
    left = add(op, at, {left, right});
  }
  return left;
}

NodeId Parser::product() {
  auto left = unary();
  for (Op op = operator_here(products); op != Op::literal; op = operator_here(products)) {
    const auto at = token_.at;
    advance();
    const auto right = unary();
    left = add(op, at, {left, right});
  }
  return left;
}

/// Any number of one sign; the last minus before a number is part of it, so that the least int can
/// be written.
NodeId Parser::unary() {
  if (!token_.is_sign("!") && !token_.is_sign("-")) return member();
  const Op op = token_.is_sign("!") ? Op::not_ : Op::negate;
  const auto first = token_.at;
  auto last = first;
  std::uint32_t count = 0;
  for (; token_.is_sign(sign_of(op)); ++count) {
    last = token_.at;
    advance();
  }
  const bool takes_minus = op == Op::negate && token_.kind == TokenKind::number &&
                           token_.text.find_first_of("uU") == std::string_view::npos;
  if (count > max_height) stop(first, "expected at most 250 signs before a value");
  NodeId node = 0;
  if (takes_minus) {
    --count;
    node = number(true, last);
    while (token_.is_sign(".") || token_.is_sign("[")) {
      node = token_.is_sign(".") ? selection(node) : index(node);
    }
  } else {
    node = member();
  }
  for (; count > 0; --count) node = add(op, first, {node});
  return node;
}

void Parser::advance() {
  token_ = lexer_.next();
  if (token_.kind == TokenKind::broken) stop(token_.at, std::string(token_.text));
}

bool Parser::eat(std::string_view sign) {
  if (!token_.is_sign(sign)) return false;
  advance();
  return true;
}

void Parser::expect(std::string_view sign, std::string_view after) {
  if (eat(sign)) return;
  stop(token_.at, "expected `" + std::string(sign) + "` after " + std::string(after) + seen());
}

void Parser::stop(std::uint32_t at, std::string message) const {
  throw Stop{{at, std::move(message)}};
}

std::string Parser::seen() const {
  if (token_.kind == TokenKind::end) return ", found the end";
  return ", found `" + std::string(token_.text.substr(0, 40)) + "`";
}

NodeId Parser::add(Node node, std::size_t mark) {
  std::uint16_t height = 0;
  node.first = static_cast<std::uint32_t>(ast_.operands.size());
  node.count = static_cast<std::uint32_t>(pending_.size() - mark);
  for (auto at = mark; at < pending_.size(); ++at) {
    height = std::max(height, ast_.nodes[pending_[at]].height);
    ast_.operands.push_back(pending_[at]);
  }
  pending_.resize(mark);
  node.height = static_cast<std::uint16_t>(height + 1);
  if (node.height > max_height) stop(node.at, "expected at most 250 operators inside each other");
  ast_.nodes.push_back(node);
  return static_cast<NodeId>(ast_.nodes.size() - 1);
}

NodeId Parser::add(Op op, std::uint32_t at, std::initializer_list<NodeId> operands) {
  const auto from = mark();
  pending_.insert(pending_.end(), operands);
  Node node;
  node.op = op;
  node.at = at;
  return add(node, from);
}

std::variant<Ast, Problem> parse(std::string_view source) {
  if (source.size() > max_source) return Problem{0, "expected at most 65536 bytes of expression"};
  const auto bad = find_bad_utf8(source);
  if (bad != std::string_view::npos) {
    return Problem{static_cast<std::uint32_t>(bad), "expected UTF-8"};
  }
  try {
    return Parser(source).run();
  } catch (const Parser::Stop& stop) {
    return stop.problem;
  }
}

}  // namespace lexecon::cel
