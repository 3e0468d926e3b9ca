#include "cel/evaluate.hpp"

#include <algorithm>
#include <array>

#include "cel/call.hpp"
#include "cel/collection.hpp"
#include "cel/compare.hpp"
#include "cel/operate.hpp"

namespace lexecon::cel {
namespace {

class Machine {
 public:
  Machine(const Program& program, const Names& names, std::span<const Value> slots, Arena& arena,
          std::uint32_t limit)
      : program_(program), names_(names), slots_(slots), arena_(arena), meter_(limit) {
    if (program.locals > 0) locals_ = arena.make<Value>(program.locals);
  }

  Outcome start(NodeId id) {
    const Value value = run(id);
    // SECURITY: neither || nor ?: may turn an evaluation that was broken off into an answer.
    if (meter_.exhausted()) return {site(id).fail(Fault::too_costly), meter_.spent()};
    return {value, meter_.spent()};
  }

 private:
  Value run(NodeId id) {
    const Step& step = program_.steps[id];
    meter_.pay(step.cost);
    if (meter_.exhausted()) return site(id).fail(Fault::too_costly);
    switch (step.target) {
      case Target::constant:
        return step.constant;
      case Target::slot:
        if (step.index < slots_.size() && !slots_[step.index].is(Kind::absent)) {
          return slots_[step.index];
        }
        return site(id).fail(Fault::unbound);
      case Target::local:
        return locals_[step.index];
      case Target::context_key:
        return context_key(id, step);
      case Target::nothing:
        return site(id).fail(Fault::unbound);
      case Target::operation:
        break;
    }
    return operation(id, step);
  }

  Value operation(NodeId id, const Step& step) {
    switch (step.op) {
      case Op::and_:
      case Op::or_:
        return logical(id, step);
      case Op::conditional:
        return conditional(id, step);
      case Op::select:
        return selected(id, step);
      case Op::has:
        return presence(id, step);
      case Op::call:
      case Op::method:
        return called(id, step);
      case Op::list:
        return list(step);
      case Op::map:
        return map(id, step);
      case Op::not_:
      case Op::negate:
        return unary(id, step);
      case Op::all:
      case Op::exists:
        return quantified(id, step);
      case Op::exists_one:
        return counted(id, step);
      case Op::map_each:
      case Op::filter:
        return collected(id, step);
      case Op::index:
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
        return binary(id, step);
      case Op::literal:
      case Op::name:
      case Op::variable:
        break;
    }
    return site(id).fail(Fault::unbound);
  }

  [[nodiscard]] Site site(NodeId id) { return {arena_, meter_, id}; }
  [[nodiscard]] NodeId operand(const Step& step, std::size_t index) const {
    return program_.ast.operands[step.first + index];
  }

  // --- names and members ------------------------------------------------------------------------

  Value context_key(NodeId id, const Step& step) {
    const Value context = step.index < slots_.size() ? slots_[step.index] : Value();
    if (!context.is(Kind::map)) return site(id).fail(Fault::unbound);
    const auto found = find(context, step.constant.view());
    return found ? conforming(id, context, step.constant, *found) : site(id).fail(Fault::unbound);
  }

  /// A key of the context whose value is not what the policy declares cannot be read.
  Value conforming(NodeId id, const Value& map, const Value& key, const Value& value) {
    if (!map.is_declared() || !key.is(Kind::text)) return value;
    const DeclaredKey* declared = declaration_of(names_, key.view());
    if (declared == nullptr || conforms(value, declared->type)) return value;
    return site(id).fail(Fault::other_type, key, value);
  }

  Value selected(NodeId id, const Step& step) {
    const Value from = run(operand(step, 0));
    if (from.is_error()) return from;
    if (!from.is(Kind::map)) return site(id).fail(Fault::no_overload, from);
    meter_.touch(step.constant.view().size());
    const auto found = find(from, step.constant.view());
    return found ? conforming(id, from, step.constant, *found)
                 : site(id).fail(Fault::no_key, step.constant);
  }

  Value presence(NodeId id, const Step& step) {
    const Value from = run(operand(step, 0));
    if (from.is_error()) return from;
    if (!from.is(Kind::map)) return site(id).fail(Fault::no_overload, from);
    meter_.touch(step.constant.view().size());
    return Value::boolean(find(from, step.constant.view()).has_value());
  }

  // --- operators --------------------------------------------------------------------------------

  /// One operand that decides beats any failure, wherever it stands.
  Value logical(NodeId id, const Step& step) {
    const bool deciding = step.op == Op::or_;
    Value failed;
    for (std::size_t i = 0; i < step.count; ++i) {
      const Value value = run(operand(step, i));
      if (absorbed(id, value, deciding, failed)) return value;
      if (meter_.exhausted()) break;
    }
    return failed.is_error() ? failed : Value::boolean(!deciding);
  }

  /// True when `value` decides; a failure is kept, the first of them.
  bool absorbed(NodeId id, const Value& value, bool deciding, Value& failed) {
    if (value.is(Kind::boolean)) return value.as_boolean() == deciding;
    if (!failed.is_error()) {
      failed = value.is_error() ? value : site(id).fail(Fault::no_overload, value);
    }
    return false;
  }

  Value conditional(NodeId id, const Step& step) {
    const Value condition = run(operand(step, 0));
    if (condition.is_error()) return condition;
    if (!condition.is(Kind::boolean)) return site(id).fail(Fault::no_overload, condition);
    return run(operand(step, condition.as_boolean() ? 1 : 2));
  }

  Value unary(NodeId id, const Step& step) {
    const Value value = run(operand(step, 0));
    if (value.is_error()) return value;
    if (step.op == Op::negate) return negate(site(id), value);
    if (!value.is(Kind::boolean)) return site(id).fail(Fault::no_overload, value);
    return Value::boolean(!value.as_boolean());
  }

  Value binary(NodeId id, const Step& step) {
    const Value left = run(operand(step, 0));
    if (left.is_error()) return left;
    const Value right = run(operand(step, 1));
    if (right.is_error()) return right;
    const Site here = site(id);
    if (step.op == Op::equal) return Value::boolean(equal(left, right, meter_));
    if (step.op == Op::not_equal) return Value::boolean(!equal(left, right, meter_));
    if (step.op == Op::in) return membership(here, left, right);
    if (step.op == Op::index) return conforming(id, left, right, index(here, left, right));
    if (step.op >= Op::less && step.op <= Op::greater_equal) {
      return ordering(here, step.op, left, right);
    }
    return arithmetic(here, step.op, left, right);
  }

  Value called(NodeId id, const Step& step) {
    if (!step.is_known) return site(id).fail(Fault::unknown_function);
    std::array<Value, 2> arguments;
    for (std::size_t i = 0; i < step.count; ++i) {
      arguments.at(i) = run(operand(step, i));
      if (arguments.at(i).is_error()) return arguments.at(i);
    }
    Prepared prepared;
    if (step.resource != no_resource) {
      if (step.function == Function::matches) {
        prepared.pattern = &program_.patterns[step.resource];
      } else {
        prepared.zone = &program_.zones[step.resource];
      }
    }
    return call(site(id), step.function, std::span(arguments).first(step.count), prepared);
  }

  // --- collections ------------------------------------------------------------------------------

  Value list(const Step& step) {
    const auto items = arena_.make<Value>(step.count);
    for (std::size_t i = 0; i < step.count; ++i) {
      items[i] = run(operand(step, i));
      if (items[i].is_error()) return items[i];
    }
    return Value::list(items);
  }

  Value map(NodeId id, const Step& step) {
    const auto pairs = arena_.make<Pair>(step.count / 2);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      pairs[i].key = run(operand(step, 2 * i));
      if (pairs[i].key.is_error()) return pairs[i].key;
      if (!may_be_key(pairs[i].key.kind())) return site(id).fail(Fault::bad_key, pairs[i].key);
      pairs[i].value = run(operand(step, 2 * i + 1));
      if (pairs[i].value.is_error()) return pairs[i].value;
    }
    const auto made = map_of(pairs);
    return made ? *made : site(id).fail(Fault::repeated_key);
  }

  /// The range of a comprehension, or the failure to have one.
  Value range(NodeId id, const Step& step) {
    const Value range = run(operand(step, 0));
    if (range.is_error() || range.is(Kind::list) || range.is(Kind::map)) return range;
    return site(id).fail(Fault::no_overload, range);
  }

  /// Evaluates an operand with the variable set.
  Value with(const Step& step, const Value& element, std::size_t index) {
    locals_[step.index] = element;
    return run(operand(step, index));
  }

  /// all and exists: && and || over the elements.
  Value quantified(NodeId id, const Step& step) {
    const bool deciding = step.op == Op::exists;
    const Value over = range(id, step);
    if (over.is_error()) return over;
    Value failed;
    for (Walk at(over); !at.done() && !meter_.exhausted(); at.next()) {
      meter_.pay(1);
      const Value value = with(step, at.here(), 1);
      if (absorbed(id, value, deciding, failed)) return value;
    }
    return failed.is_error() ? failed : Value::boolean(!deciding);
  }

  Value counted(NodeId id, const Step& step) {
    const Value over = range(id, step);
    if (over.is_error()) return over;
    std::size_t count = 0;
    for (Walk at(over); !at.done(); at.next()) {
      meter_.pay(1);
      const Value value = with(step, at.here(), 1);
      if (value.is_error()) return value;
      if (!value.is(Kind::boolean)) return site(id).fail(Fault::no_overload, value);
      if (value.as_boolean()) ++count;
    }
    return Value::boolean(count == 1);
  }

  /// map and filter; a map with three arguments leaves out what its second refuses.
  Value collected(NodeId id, const Step& step) {
    const Value over = range(id, step);
    if (over.is_error()) return over;
    const bool chooses = step.op == Op::filter || step.count == 3;
    // Each element costs more than one: what is left bounds how many can be kept.
    const auto items =
        arena_.make<Value>(std::min<std::uint64_t>(size_of(over), meter_.reach() / 64));
    std::size_t kept = 0;
    for (Walk at(over); !at.done(); at.next()) {
      meter_.pay(1);
      const Value element = at.here();
      if (chooses) {
        const Value chosen = with(step, element, 1);
        if (chosen.is_error()) return chosen;
        if (!chosen.is(Kind::boolean)) return site(id).fail(Fault::no_overload, chosen);
        if (!chosen.as_boolean()) continue;
      }
      const Value item = step.op == Op::filter ? element : with(step, element, step.count - 1);
      if (item.is_error()) return item;
      items[kept++] = item;
    }
    return Value::list(items.first(kept));
  }

  const Program& program_;
  const Names& names_;
  std::span<const Value> slots_;
  Arena& arena_;
  Meter meter_;
  std::span<Value> locals_;
};

}  // namespace

Outcome evaluate(const Program& program, const Names& names, std::span<const Value> slots,
                 Arena& arena, std::uint32_t limit) {
  return evaluate(program, program.ast.root(), names, slots, arena, limit);
}

Outcome evaluate(const Program& program, NodeId node, const Names& names,
                 std::span<const Value> slots, Arena& arena, std::uint32_t limit) {
  return Machine(program, names, slots, arena, limit).start(node);
}

}  // namespace lexecon::cel
