#include "cel/evaluate.hpp"

#include <array>

#include "cel/call.hpp"
#include "cel/collection.hpp"
#include "cel/compare.hpp"
#include "cel/machine.hpp"
#include "cel/operate.hpp"

namespace lexecon::cel {

Machine::Machine(const Program& program, const Names& names, std::span<const Value> slots,
                 Arena& arena, std::uint32_t limit)
    : program_(program), names_(names), slots_(slots), arena_(arena), meter_(limit) {
  if (program.locals > 0) locals_ = arena.make<Value>(program.locals);
}

Outcome Machine::start(NodeId id) {
  const Value value = run(id);
  // SECURITY: neither || nor ?: may turn an evaluation that was broken off into an answer.
  if (meter_.exhausted()) return {site(id).fail(Fault::too_costly), meter_.spent()};
  return {value, meter_.spent()};
}

Value Machine::run(NodeId id) {
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

Value Machine::operation(NodeId id, const Step& step) {
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

// --- names and members ------------------------------------------------------------------------

Value Machine::context_key(NodeId id, const Step& step) {
  const Value context = step.index < slots_.size() ? slots_[step.index] : Value();
  if (!context.is(Kind::map)) return site(id).fail(Fault::unbound);
  const auto found = find(context, step.constant.view());
  return found ? conforming(id, context, step.constant, *found) : site(id).fail(Fault::unbound);
}

Value Machine::conforming(NodeId id, const Value& map, const Value& key, const Value& value) {
  if (!map.is_declared() || !key.is(Kind::text)) return value;
  const DeclaredKey* declared = declaration_of(names_, key.view());
  if (declared == nullptr || conforms(value, declared->type)) return value;
  return site(id).fail(Fault::other_type, key, value);
}

Value Machine::selected(NodeId id, const Step& step) {
  const Value from = run(operand(step, 0));
  if (from.is_error()) return from;
  if (!from.is(Kind::map)) return site(id).fail(Fault::no_overload, from);
  meter_.touch(step.constant.view().size());
  const auto found = find(from, step.constant.view());
  return found ? conforming(id, from, step.constant, *found)
               : site(id).fail(Fault::no_key, step.constant);
}

Value Machine::presence(NodeId id, const Step& step) {
  const Value from = run(operand(step, 0));
  if (from.is_error()) return from;
  if (!from.is(Kind::map)) return site(id).fail(Fault::no_overload, from);
  meter_.touch(step.constant.view().size());
  return Value::boolean(find(from, step.constant.view()).has_value());
}

// --- operators --------------------------------------------------------------------------------

/// One operand that decides beats any failure, wherever it stands.
Value Machine::logical(NodeId id, const Step& step) {
  const bool deciding = step.op == Op::or_;
  Value failed;
  for (std::size_t i = 0; i < step.count; ++i) {
    const Value value = run(operand(step, i));
    if (decides(id, value, deciding, failed)) return value;
    if (meter_.exhausted()) break;
  }
  return failed.is_error() ? failed : Value::boolean(!deciding);
}

bool Machine::decides(NodeId id, const Value& value, bool deciding, Value& failed) {
  if (value.is(Kind::boolean)) return value.as_boolean() == deciding;
  if (!failed.is_error()) {
    failed = value.is_error() ? value : site(id).fail(Fault::no_overload, value);
  }
  return false;
}

Value Machine::conditional(NodeId id, const Step& step) {
  const Value condition = run(operand(step, 0));
  if (condition.is_error()) return condition;
  if (!condition.is(Kind::boolean)) return site(id).fail(Fault::no_overload, condition);
  return run(operand(step, condition.as_boolean() ? 1 : 2));
}

Value Machine::unary(NodeId id, const Step& step) {
  const Value value = run(operand(step, 0));
  if (value.is_error()) return value;
  if (step.op == Op::negate) return negate(site(id), value);
  if (!value.is(Kind::boolean)) return site(id).fail(Fault::no_overload, value);
  return Value::boolean(!value.as_boolean());
}

Value Machine::binary(NodeId id, const Step& step) {
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

Value Machine::called(NodeId id, const Step& step) {
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

Outcome evaluate(const Program& program, const Names& names, std::span<const Value> slots,
                 Arena& arena, std::uint32_t limit) {
  return evaluate(program, program.ast.root(), names, slots, arena, limit);
}

Outcome evaluate(const Program& program, NodeId node, const Names& names,
                 std::span<const Value> slots, Arena& arena, std::uint32_t limit) {
  return Machine(program, names, slots, arena, limit).start(node);
}

}  // namespace lexecon::cel
