#include "cel/reads.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace lexecon::cel {
namespace {

using Key = std::pair<std::string_view, std::string_view>;
using Keys = std::vector<Key>;

class Reader {
 public:
  Reader(const Program& program, const Names& names) : program_(program), names_(names) {}

  std::vector<Read> run() {
    walk(program_.ast.root(), {});
    std::stable_sort(reads_.begin(), reads_.end(),
                     [](const Read& one, const Read& other) { return one.at < other.at; });
    return std::move(reads_);
  }

 private:
  [[nodiscard]] const Node& node_of(NodeId id) const { return program_.ast.nodes[id]; }
  [[nodiscard]] const Step& step_of(NodeId id) const { return program_.steps[id]; }

  /// The member of a variable that a node reads or asks for; nothing when it does neither.
  [[nodiscard]] std::optional<Key> key_of(NodeId id) const {
    const Step& step = step_of(id);
    if (step.target == Target::slot) return Key{names_.variables[step.index], {}};
    if (step.target == Target::context_key) {
      return Key{names_.variables[step.index], step.constant.view()};
    }
    const auto operands = program_.ast.operands_of(id);
    const auto member = [&](NodeId map, std::string_view key) -> std::optional<Key> {
      if (step_of(map).target != Target::slot) return std::nullopt;
      return Key{names_.variables[step_of(map).index], key};
    };
    const auto literal = [&](NodeId key) {
      const Node& node = node_of(key);
      return node.op == Op::literal && node.literal.is(Kind::text);
    };
    if (step.target != Target::operation) return std::nullopt;
    if (step.op == Op::select || step.op == Op::has) return member(operands[0], node_of(id).name);
    if (step.op == Op::index && literal(operands[1])) {
      return member(operands[0], node_of(operands[1]).literal.view());
    }
    if (step.op == Op::in && literal(operands[0])) {
      return member(operands[1], node_of(operands[0]).literal.view());
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_test(NodeId id) const {
    return step_of(id).op == Op::has || step_of(id).op == Op::in;
  }

  /// Adds the keys that are there whenever the node is `truth`.
  void add_tested(NodeId id, bool truth, Keys& keys) const {
    const Step& step = step_of(id);
    const auto operands = program_.ast.operands_of(id);
    if (step.op == Op::not_) {
      add_tested(operands[0], !truth, keys);
    } else if (step.op == (truth ? Op::and_ : Op::or_)) {
      for (const auto operand : operands) add_tested(operand, truth, keys);
    } else if (truth && is_test(id)) {
      if (const auto key = key_of(id)) keys.push_back(*key);
    }
  }

  void walk(NodeId id, const Keys& present) {
    const Step& step = step_of(id);
    const auto operands = program_.ast.operands_of(id);
    if (const auto key = key_of(id)) {
      const bool guarded = std::find(present.begin(), present.end(), *key) != present.end();
      reads_.push_back({key->first, key->second, node_of(id).at, is_test(id), guarded});
    } else if (step.op == Op::and_ || step.op == Op::or_) {
      chain(id, present);
    } else if (step.op == Op::conditional) {
      walk(operands[0], present);
      for (const bool truth : {true, false}) {
        Keys there = present;
        add_tested(operands[0], truth, there);
        walk(operands[truth ? 1 : 2], there);
      }
    } else {
      for (const auto operand : operands) walk(operand, present);
    }
  }

  /// Where one operand decides, failures of the others do not matter, wherever they stand.
  void chain(NodeId id, const Keys& present) {
    const bool truth = step_of(id).op == Op::and_;
    Keys there = present;
    for (const auto operand : program_.ast.operands_of(id)) add_tested(operand, truth, there);
    for (const auto operand : program_.ast.operands_of(id)) walk(operand, there);
  }

  const Program& program_;
  const Names& names_;
  std::vector<Read> reads_;
};

}  // namespace

std::vector<Read> reads_of(const Program& program, const Names& names) {
  return Reader(program, names).run();
}

}  // namespace lexecon::cel
