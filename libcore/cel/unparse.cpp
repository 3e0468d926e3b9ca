#include "cel/unparse.hpp"

#include "cel/compare.hpp"
#include "cel/spell.hpp"

namespace lexecon::cel {
namespace {

/// How tightly an operator binds; an operand that binds less stands in brackets.
int binding(Op op) {
  switch (op) {
    case Op::conditional:
      return 0;
    case Op::or_:
      return 1;
    case Op::and_:
      return 2;
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::equal:
    case Op::not_equal:
    case Op::in:
      return 3;
    case Op::add:
    case Op::subtract:
      return 4;
    case Op::multiply:
    case Op::divide:
    case Op::modulo:
      return 5;
    case Op::not_:
    case Op::negate:
      return 6;
    case Op::literal:
    case Op::name:
    case Op::select:
    case Op::has:
    case Op::index:
    case Op::call:
    case Op::method:
    case Op::list:
    case Op::map:
    case Op::all:
    case Op::exists:
    case Op::exists_one:
    case Op::map_each:
    case Op::filter:
    case Op::variable:
      break;
  }
  return 7;
}

/// As it was written; only of a minus that stood apart from its number is the value written.
std::string literal_text(const Node& node) {
  return node.name.empty() ? to_text(node.literal) : std::string(node.name);
}

class Writer {
 public:
  explicit Writer(const Ast& ast) : ast_(ast) {}

  std::string take() { return std::move(out_); }

  void write(NodeId id) {
    const Node& node = ast_.nodes[id];
    const auto operands = ast_.operands_of(node);
    switch (node.op) {
      case Op::literal:
        out_ += literal_text(node);
        return;
      case Op::variable:
        out_ += node.name;
        return;
      case Op::name:
        put_name(node);
        return;
      case Op::select:
      case Op::has:
        selection(node, operands[0]);
        return;
      case Op::index:
        inside(operands[0], 7);
        list("[", operands.subspan(1), "]");
        return;
      case Op::call:
        put_name(node);
        list("(", operands, ")");
        return;
      case Op::method:
        inside(operands[0], 7);
        out_ += '.';
        out_ += node.name;
        list("(", operands.subspan(1), ")");
        return;
      case Op::list:
        list("[", operands, "]");
        return;
      case Op::map:
        map(operands);
        return;
      case Op::not_:
      case Op::negate:
        sign(node, operands[0]);
        return;
      case Op::conditional:
        inside(operands[0], 1);
        out_ += " ? ";
        inside(operands[1], 1);
        out_ += " : ";
        write(operands[2]);
        return;
      case Op::all:
      case Op::exists:
      case Op::exists_one:
      case Op::map_each:
      case Op::filter:
        comprehension(node, operands);
        return;
      case Op::multiply:
      case Op::divide:
      case Op::modulo:
      case Op::add:
      case Op::subtract:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal:
      case Op::equal:
      case Op::not_equal:
      case Op::in:
      case Op::and_:
      case Op::or_:
        chain(node, operands);
        return;
    }
  }

 private:
  void inside(NodeId id, int least) {
    // A negative number is a value, but `-1.f()` reads as one only by custom.
    const bool bare = binding(ast_.nodes[id].op) >= least && !(least == 7 && is_negative(id));
    if (!bare) out_ += '(';
    write(id);
    if (!bare) out_ += ')';
  }

  [[nodiscard]] bool is_negative(NodeId id) const {
    const Node& node = ast_.nodes[id];
    return node.op == Op::literal && literal_text(node).starts_with('-');
  }

  [[nodiscard]] bool begins_with_number(NodeId id) const {
    const Node& node = ast_.nodes[id];
    if (node.op == Op::literal) return is_number(node.literal.kind()) && !is_negative(id);
    const bool follows = node.op == Op::select || node.op == Op::index || node.op == Op::method ||
                         is_comprehension(node.op);
    return follows && begins_with_number(ast_.operands_of(node)[0]);
  }

  void put_name(const Node& node) {
    if (node.rooted) out_ += '.';
    out_ += node.name;
  }

  void selection(const Node& node, NodeId operand) {
    if (node.op == Op::has) out_ += "has(";
    inside(operand, 7);
    out_ += '.';
    if (node.quoted) out_ += '`';
    out_ += node.name;
    if (node.quoted) out_ += '`';
    if (node.op == Op::has) out_ += ')';
  }

  void list(std::string_view open, std::span<const NodeId> items, std::string_view close) {
    out_ += open;
    std::string_view between;
    for (const auto item : items) {
      out_ += between;
      write(item);
      between = ", ";
    }
    out_ += close;
  }

  void map(std::span<const NodeId> members) {
    out_ += '{';
    for (std::size_t i = 0; i < members.size(); i += 2) {
      if (i > 0) out_ += ", ";
      write(members[i]);
      out_ += ": ";
      write(members[i + 1]);
    }
    out_ += '}';
  }

  void sign(const Node& node, NodeId operand) {
    out_ += sign_of(node.op);
    // Without brackets the number would take the minus, or the other sign would be no member.
    const Node& below = ast_.nodes[operand];
    const bool number = node.op == Op::negate && begins_with_number(operand);
    const bool other = binding(below.op) == 6 && below.op != node.op;
    const bool brackets = number || other || (node.op == Op::not_ && is_negative(operand));
    if (brackets) out_ += '(';
    inside(operand, 6);
    if (brackets) out_ += ')';
  }

  void comprehension(const Node& node, std::span<const NodeId> operands) {
    inside(operands[0], 7);
    out_ += '.';
    out_ += macro_name(node.op);
    out_ += '(';
    out_ += node.name;
    for (const auto operand : operands.subspan(1)) {
      out_ += ", ";
      write(operand);
    }
    out_ += ')';
  }

  /// Operators of one strength go from left to right; only && and || are chains.
  void chain(const Node& node, std::span<const NodeId> operands) {
    const int own = binding(node.op);
    const bool flat = node.op == Op::and_ || node.op == Op::or_;
    inside(operands[0], flat ? own + 1 : own);
    for (const auto operand : operands.subspan(1)) {
      out_ += ' ';
      out_ += sign_of(node.op);
      out_ += ' ';
      inside(operand, own + 1);
    }
  }

  const Ast& ast_;
  std::string out_;
};

}  // namespace

std::string unparse(const Ast& ast) { return unparse(ast, ast.root()); }

std::string unparse(const Ast& ast, NodeId node) {
  Writer writer(ast);
  writer.write(node);
  return writer.take();
}

}  // namespace lexecon::cel
