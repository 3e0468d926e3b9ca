#include "cel/operate.hpp"

#include <algorithm>
#include <limits>

#include "cel/collection.hpp"
#include "cel/compare.hpp"

namespace lexecon::cel {
namespace {

template <class Number>
std::optional<Number> checked(Op op, Number left, Number right) {
  Number result = 0;
  const bool overflow = op == Op::add        ? __builtin_add_overflow(left, right, &result)
                        : op == Op::subtract ? __builtin_sub_overflow(left, right, &result)
                                             : __builtin_mul_overflow(left, right, &result);
  if (overflow) return std::nullopt;
  return result;
}

/// The least int by -1 is beyond the range, also for the remainder.
template <class Number>
bool overflows_division(Number left, Number right) {
  if constexpr (std::numeric_limits<Number>::is_signed) {
    return left == std::numeric_limits<Number>::min() && right == -1;
  } else {
    return false;
  }
}

template <class Number>
Value integers(const Site& site, Op op, const Value& left, const Value& right, Number a, Number b,
               Value (*make)(Number)) {
  if (op == Op::divide || op == Op::modulo) {
    if (b == 0) return site.fail(Fault::division_by_zero, left, right);
    if (overflows_division(a, b)) return site.fail(Fault::out_of_range, left, right);
    return make(op == Op::divide ? a / b : a % b);
  }
  const auto result = checked(op, a, b);
  return result ? make(*result) : site.fail(Fault::out_of_range, left, right);
}

Value reals(const Site& site, Op op, const Value& left, const Value& right) {
  const double a = left.as_real();
  const double b = right.as_real();
  if (op == Op::add) return Value::real(a + b);
  if (op == Op::subtract) return Value::real(a - b);
  if (op == Op::multiply) return Value::real(a * b);
  if (op == Op::divide) return Value::real(a / b);
  return site.fail(Fault::no_overload, left, right);
}

bool too_large(const Site& site, std::uint64_t size) {
  site.meter.touch(size);
  return site.meter.exhausted() || size > std::numeric_limits<std::uint32_t>::max();
}

Value joined(const Site& site, const Value& left, const Value& right) {
  const auto a = left.view();
  const auto b = right.view();
  if (too_large(site, a.size() + b.size())) return site.fail(Fault::too_costly);
  const auto room = site.arena.make<char>(a.size() + b.size());
  std::copy(b.begin(), b.end(), std::copy(a.begin(), a.end(), room.begin()));
  const std::string_view whole(room.data(), room.size());
  return left.is(Kind::text) ? Value::text(whole) : Value::bytes(whole);
}

Value appended(const Site& site, const Value& left, const Value& right) {
  if (too_large(site, size_of(left) + size_of(right))) return site.fail(Fault::too_costly);
  const auto items = site.arena.make<Value>(size_of(left) + size_of(right));
  std::size_t filled = 0;
  for (const auto* list : {&left, &right}) {
    for (Walk at(*list); !at.done(); at.next()) items[filled++] = at.here();
  }
  return Value::list(items);
}

Value moved(const Site& site, Op op, const Value& at, const Value& by) {
  std::int64_t nanos = by.as_duration();
  std::optional<Instant> from = at.as_timestamp();
  if (op == Op::subtract) {
    // The least duration has no opposite: one nanosecond goes ahead, the rest has.
    const bool least = nanos == std::numeric_limits<std::int64_t>::min();
    nanos = -(nanos + (least ? 1 : 0));
    if (least) from = add(*from, 1);
  }
  const auto to = from ? add(*from, nanos) : std::nullopt;
  return to ? Value::timestamp(*to) : site.fail(Fault::out_of_range, at, by);
}

Value times(const Site& site, Op op, const Value& left, const Value& right) {
  if (left.is(Kind::timestamp) && right.is(Kind::duration)) return moved(site, op, left, right);
  if (left.is(Kind::duration) && right.is(Kind::duration)) {
    const auto sum = checked(op, left.as_duration(), right.as_duration());
    return sum ? Value::duration(*sum) : site.fail(Fault::out_of_range, left, right);
  }
  if (op == Op::add && left.is(Kind::duration) && right.is(Kind::timestamp)) {
    return moved(site, op, right, left);
  }
  if (op == Op::subtract && left.is(Kind::timestamp) && right.is(Kind::timestamp)) {
    const auto span = between(right.as_timestamp(), left.as_timestamp());
    return span ? Value::duration(*span) : site.fail(Fault::out_of_range, left, right);
  }
  return site.fail(Fault::no_overload, left, right);
}

/// The index that a key means, for a list.
std::optional<std::uint64_t> position(const Value& key) {
  if (key.is(Kind::unsigned_integer)) return key.as_unsigned();
  if (key.is(Kind::integer) && key.as_integer() >= 0) {
    return static_cast<std::uint64_t>(key.as_integer());
  }
  if (!key.is(Kind::real)) return std::nullopt;
  constexpr double beyond_any_list = 4294967296.0;
  const double value = key.as_real();
  if (!(value >= 0 && value < beyond_any_list)) return std::nullopt;
  const auto whole = static_cast<std::uint64_t>(value);
  if (static_cast<double>(whole) != value) return std::nullopt;
  return whole;
}

}  // namespace

Value arithmetic(const Site& site, Op op, const Value& left, const Value& right) {
  if (left.kind() == right.kind()) {
    switch (left.kind()) {
      case Kind::integer:
        return integers(site, op, left, right, left.as_integer(), right.as_integer(),
                        &Value::integer);
      case Kind::unsigned_integer:
        return integers(site, op, left, right, left.as_unsigned(), right.as_unsigned(),
                        &Value::unsigned_integer);
      case Kind::real:
        return reals(site, op, left, right);
      case Kind::text:
      case Kind::bytes:
        if (op == Op::add) return joined(site, left, right);
        break;
      case Kind::list:
        if (op == Op::add) return appended(site, left, right);
        break;
      case Kind::timestamp:
      case Kind::duration:
      case Kind::null:
      case Kind::boolean:
      case Kind::map:
      case Kind::type:
      case Kind::absent:
      case Kind::error:
        break;
    }
  }
  if (op == Op::add || op == Op::subtract) return times(site, op, left, right);
  return site.fail(Fault::no_overload, left, right);
}

Value negate(const Site& site, const Value& value) {
  if (value.is(Kind::real)) return Value::real(-value.as_real());
  if (!value.is(Kind::integer)) return site.fail(Fault::no_overload, value);
  const auto opposite = checked(Op::subtract, std::int64_t{0}, value.as_integer());
  return opposite ? Value::integer(*opposite) : site.fail(Fault::out_of_range, value);
}

Value ordering(const Site& site, Op op, const Value& left, const Value& right) {
  const auto order = order_of(left, right);
  if (!order) return site.fail(Fault::no_overload, left, right);
  if (left.is(Kind::text) || left.is(Kind::bytes)) {
    site.meter.touch(std::min(left.view().size(), right.view().size()));
  }
  if (op == Op::less) return Value::boolean(*order < 0);
  if (op == Op::less_equal) return Value::boolean(*order <= 0);
  if (op == Op::greater) return Value::boolean(*order > 0);
  return Value::boolean(*order >= 0);
}

Value membership(const Site& site, const Value& left, const Value& right) {
  if (right.is(Kind::map)) {
    if (left.is(Kind::text)) site.meter.touch(left.view().size());
    return Value::boolean(find(right, left).has_value());
  }
  if (!right.is(Kind::list)) return site.fail(Fault::no_overload, left, right);
  return Value::boolean(holds(right, left, site.meter));
}

Value index(const Site& site, const Value& collection, const Value& key) {
  if (collection.is(Kind::map)) {
    if (key.is(Kind::text)) site.meter.touch(key.view().size());
    const auto found = find(collection, key);
    if (found) return *found;
    const bool possible = may_be_key(key.kind()) || key.is(Kind::real);
    return site.fail(possible ? Fault::no_key : Fault::bad_key, key);
  }
  if (!collection.is(Kind::list)) return site.fail(Fault::no_overload, collection, key);
  const auto at = position(key);
  if (at && *at < size_of(collection)) return element(collection, *at);
  return site.fail(is_number(key.kind()) ? Fault::no_element : Fault::no_overload,
                   is_number(key.kind()) ? key : collection, key);
}

}  // namespace lexecon::cel
