// The evaluator's parts: names and operators in evaluate.cpp, collections in comprehension.cpp.
#pragma once

#include <span>

#include "cel/evaluate.hpp"
#include "cel/site.hpp"

namespace lexecon::cel {

class Machine {
 public:
  Machine(const Program& program, const Names& names, std::span<const Value> slots, Arena& arena,
          std::uint32_t limit);
  [[nodiscard]] Outcome start(NodeId id);

 private:
  [[nodiscard]] Value run(NodeId id);
  [[nodiscard]] Value operation(NodeId id, const Step& step);

  [[nodiscard]] Value context_key(NodeId id, const Step& step);
  /// A key of the context whose value is not what the policy declares cannot be read.
  [[nodiscard]] Value conforming(NodeId id, const Value& map, const Value& key, const Value& value);
  [[nodiscard]] Value selected(NodeId id, const Step& step);
  [[nodiscard]] Value presence(NodeId id, const Step& step);

  [[nodiscard]] Value logical(NodeId id, const Step& step);
  /// True when `value` decides; a failure is kept, the first of them.
  [[nodiscard]] bool decides(NodeId id, const Value& value, bool deciding, Value& failed);
  [[nodiscard]] Value conditional(NodeId id, const Step& step);
  [[nodiscard]] Value unary(NodeId id, const Step& step);
  [[nodiscard]] Value binary(NodeId id, const Step& step);
  [[nodiscard]] Value called(NodeId id, const Step& step);

  [[nodiscard]] Value list(const Step& step);
  [[nodiscard]] Value map(NodeId id, const Step& step);
  /// The range of a comprehension, or the failure to have one.
  [[nodiscard]] Value range(NodeId id, const Step& step);
  /// Evaluates an operand with the variable set.
  [[nodiscard]] Value with(const Step& step, const Value& element, std::size_t index);
  [[nodiscard]] Value quantified(NodeId id, const Step& step);
  [[nodiscard]] Value counted(NodeId id, const Step& step);
  [[nodiscard]] Value collected(NodeId id, const Step& step);

  [[nodiscard]] Site site(NodeId id) { return {arena_, meter_, id}; }
  [[nodiscard]] NodeId operand(const Step& step, std::size_t index) const {
    return program_.ast.operands[step.first + index];
  }

  const Program& program_;
  const Names& names_;
  std::span<const Value> slots_;
  Arena& arena_;
  Meter meter_;
  std::span<Value> locals_;
};

}  // namespace lexecon::cel
