// The parser's parts: expressions in parse.cpp, what they are made of in primary.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cel/ast.hpp"
#include "cel/token.hpp"

namespace lexecon::cel {

class Parser {
 public:
  /// Copies the source: what is made of it outlives it.
  explicit Parser(std::string_view source);
  [[nodiscard]] Ast run();

  /// Thrown and caught inside parse() alone.
  struct Stop {
    Problem problem;
  };

 private:
  // From weakest to strongest; each returns the node that it made last.
  NodeId expression();
  NodeId chain(Op op, NodeId (Parser::*operand)());
  NodeId disjunction();
  NodeId conjunction();
  NodeId relation();
  NodeId sum();
  NodeId product();
  NodeId unary();
  NodeId member();

  NodeId primary();
  NodeId literal_word();
  NodeId number(bool negative, std::uint32_t at);
  NodeId string();
  NodeId name();
  NodeId list();
  NodeId map();
  NodeId selection(NodeId operand);
  NodeId index(NodeId operand);
  NodeId method(NodeId receiver, const Token& called);
  NodeId has_macro(const Token& called);
  std::optional<NodeId> macro(NodeId range, const Token& called, std::size_t from);
  void arguments();

  [[nodiscard]] Op operator_here(std::span<const Op> choice) const;
  void advance();
  [[nodiscard]] bool eat(std::string_view sign);
  void expect(std::string_view sign, std::string_view after);
  [[noreturn]] void stop(std::uint32_t at, std::string message) const;
  [[nodiscard]] std::string seen() const;

  /// Adds a node over what was pushed since `mark`.
  NodeId add(Node node, std::size_t mark);
  NodeId add(Op op, std::uint32_t at, std::initializer_list<NodeId> operands);
  [[nodiscard]] std::size_t mark() const { return pending_.size(); }

  Ast ast_;
  Lexer lexer_;
  Token token_;
  std::vector<NodeId> pending_;  // operands of the nodes that are not whole yet
  std::uint16_t open_ = 0;
};

}  // namespace lexecon::cel
