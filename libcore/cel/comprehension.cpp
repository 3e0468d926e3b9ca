// The evaluator's other half: lists, maps, and what walks over them.
#include "cel/collection.hpp"
#include "cel/machine.hpp"

namespace lexecon::cel {

// What these make takes memory for each element only after it was paid for: one that fails at its first
// element, in a loop that absorbs the failure, must not take memory for all of them each time.

Value Machine::list(const Step& step) {
  Growing<Value> items(arena_);
  for (std::size_t i = 0; i < step.count; ++i) {
    const Value item = run(operand(step, i));
    if (item.is_error()) return item;
    items.push(item);
  }
  return Value::list(items.items());
}

Value Machine::map(NodeId id, const Step& step) {
  Growing<Pair> pairs(arena_);
  for (std::size_t i = 0; i < step.count; i += 2) {
    const Value key = run(operand(step, i));
    if (key.is_error()) return key;
    if (!may_be_key(key.kind())) return site(id).fail(Fault::bad_key, key);
    const Value value = run(operand(step, i + 1));
    if (value.is_error()) return value;
    pairs.push({key, value});
  }
  const auto made = map_of(pairs.items());
  return made ? *made : site(id).fail(Fault::repeated_key);
}

Value Machine::range(NodeId id, const Step& step) {
  const Value range = run(operand(step, 0));
  if (range.is_error() || range.is(Kind::list) || range.is(Kind::map)) return range;
  return site(id).fail(Fault::no_overload, range);
}

Value Machine::with(const Step& step, const Value& element, std::size_t index) {
  locals_[step.index] = element;
  return run(operand(step, index));
}

/// all and exists: && and || over the elements.
Value Machine::quantified(NodeId id, const Step& step) {
  const bool deciding = step.op == Op::exists;
  const Value over = range(id, step);
  if (over.is_error()) return over;
  Value failed;
  for (Walk at(over); !at.done() && !meter_.exhausted(); at.next()) {
    meter_.pay(1);
    const Value value = with(step, at.here(), 1);
    if (decides(id, value, deciding, failed)) return value;
  }
  return failed.is_error() ? failed : Value::boolean(!deciding);
}

Value Machine::counted(NodeId id, const Step& step) {
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
Value Machine::collected(NodeId id, const Step& step) {
  const Value over = range(id, step);
  if (over.is_error()) return over;
  const bool chooses = step.op == Op::filter || step.count == 3;
  Growing<Value> items(arena_);
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
    items.push(item);
  }
  return Value::list(items.items());
}

}  // namespace lexecon::cel
