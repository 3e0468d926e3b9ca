#include "cel/compare.hpp"

#include "cel/collection.hpp"

namespace lexecon::cel {
namespace {

std::partial_ordering order(std::int64_t left, std::uint64_t right) {
  if (left < 0) return std::partial_ordering::less;
  return static_cast<std::uint64_t>(left) <=> right;
}

double as_double(const Value& number) {
  if (number.is(Kind::real)) return number.as_real();
  return number.is(Kind::integer) ? static_cast<double>(number.as_integer())
                                  : static_cast<double>(number.as_unsigned());
}

std::partial_ordering order_of_numbers(const Value& left, const Value& right) {
  if (left.is(Kind::real) || right.is(Kind::real)) return as_double(left) <=> as_double(right);
  if (left.kind() == right.kind()) {
    return left.is(Kind::integer) ? left.as_integer() <=> right.as_integer()
                                  : left.as_unsigned() <=> right.as_unsigned();
  }
  if (left.is(Kind::integer)) return order(left.as_integer(), right.as_unsigned());
  return 0 <=> order(right.as_integer(), left.as_unsigned());
}

/// Compares and counts; stops, with no answer of meaning, when it has counted to the end.
class Comparison {
 public:
  explicit Comparison(std::uint64_t reach) : reach_(reach) {}

  bool equal(const Value& left, const Value& right) {
    if (is_number(left.kind()) && is_number(right.kind())) {
      return order_of_numbers(left, right) == std::partial_ordering::equivalent;
    }
    if (left.kind() != right.kind()) return false;
    switch (left.kind()) {
      case Kind::null:
        return true;
      case Kind::boolean:
        return left.as_boolean() == right.as_boolean();
      case Kind::type:
        return left.as_type() == right.as_type();
      case Kind::timestamp:
        return left.as_timestamp() == right.as_timestamp();
      case Kind::duration:
        return left.as_duration() == right.as_duration();
      case Kind::text:
      case Kind::bytes:
        if (left.view().size() != right.view().size()) return false;
        touched_ += left.view().size();
        return left.view() == right.view();
      case Kind::list:
        return size_of(left) == size_of(right) && lists(left, right);
      case Kind::map:
        return size_of(left) == size_of(right) && maps(left, right);
      case Kind::integer:
      case Kind::unsigned_integer:
      case Kind::real:
      case Kind::absent:
      case Kind::error:
        break;
    }
    return false;
  }

  bool holds(const Value& list, const Value& value) {
    for (Walk at(list); !at.done(); at.next()) {
      if (++touched_ > reach_) return false;
      if (equal(at.here(), value)) return true;
    }
    return false;
  }

  [[nodiscard]] std::uint64_t touched() const { return touched_; }

 private:
  bool lists(const Value& left, const Value& right) {
    Walk other(right);
    for (Walk one(left); !one.done(); one.next(), other.next()) {
      if (++touched_ > reach_ || !equal(one.here(), other.here())) return false;
    }
    return true;
  }

  /// Equal maps have equal keys in the same order.
  bool maps(const Value& left, const Value& right) {
    Walk other(right);
    for (Walk one(left); !one.done(); one.next(), other.next()) {
      if (++touched_ > reach_ || !equal(one.here(), other.here()) ||
          !equal(one.mapped(), other.mapped())) {
        return false;
      }
    }
    return true;
  }

  std::uint64_t reach_;
  std::uint64_t touched_ = 0;
};

}  // namespace

bool is_number(Kind kind) {
  return kind == Kind::integer || kind == Kind::unsigned_integer || kind == Kind::real;
}

bool equal(const Value& left, const Value& right, Meter& meter) {
  Comparison comparison(meter.reach());
  const bool same = comparison.equal(left, right);
  meter.touch(comparison.touched());
  return same;
}

bool holds(const Value& list, const Value& value, Meter& meter) {
  Comparison comparison(meter.reach());
  const bool found = comparison.holds(list, value);
  meter.touch(comparison.touched());
  return found;
}

std::optional<std::partial_ordering> order_of(const Value& left, const Value& right) {
  if (is_number(left.kind()) && is_number(right.kind())) return order_of_numbers(left, right);
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case Kind::boolean:
      return left.as_boolean() <=> right.as_boolean();
    case Kind::text:
    case Kind::bytes:
      return left.view() <=> right.view();
    case Kind::timestamp:
      return left.as_timestamp() <=> right.as_timestamp();
    case Kind::duration:
      return left.as_duration() <=> right.as_duration();
    case Kind::integer:
    case Kind::unsigned_integer:
    case Kind::real:
    case Kind::null:
    case Kind::list:
    case Kind::map:
    case Kind::type:
    case Kind::absent:
    case Kind::error:
      break;
  }
  return std::nullopt;
}

}  // namespace lexecon::cel
