// Where an operation stands: what it pays from, where its memory comes from, how it fails.
//
// Units    cost: 1 a visit of a node, 1 an element of a comprehension, 1 for each whole 64 bytes or
//          elements that an operation reads, compares or writes beyond that
#pragma once

#include <cstdint>

#include "cel/arena.hpp"
#include "cel/value.hpp"

namespace lexecon::cel {

using NodeId = std::uint32_t;

enum class Fault : std::uint8_t {
  unbound,           // a variable without a value
  unknown_function,  // no function of that name, or not with so many arguments
  no_overload,       // not for values of these types
  no_key,            // a map without the key
  no_element,        // a list without the index
  bad_key,           // a key that is no bool, int, uint or string
  repeated_key,
  out_of_range,  // beyond the type of the result
  division_by_zero,
  not_readable,  // a text that a conversion cannot read
  not_utf8,
  unknown_zone,
  bad_pattern,
  other_type,  // a context key of another type than the policy declares
  too_costly,
};

/// Why there is no value; cel/describe.hpp says it in words.
struct Failure {
  Fault fault;
  NodeId node;
  Value left;
  Value right;
};

/// What is left to spend. When nothing is, the whole evaluation fails: no operator absorbs that.
class Meter {
 public:
  explicit Meter(std::uint32_t limit) : limit_(limit), left_(limit) {}

  void pay(std::uint64_t cost) {
    if (cost > left_) {
      exhausted_ = true;
      left_ = 0;
    } else {
      left_ -= static_cast<std::uint32_t>(cost);
    }
  }
  /// Pays for that many bytes or elements.
  void touch(std::uint64_t units) {
    if (units >= 64) pay(units / 64);
  }
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  /// How many bytes and elements can still be touched.
  [[nodiscard]] std::uint64_t reach() const { return (std::uint64_t{left_} + 1) * 64; }
  [[nodiscard]] std::uint32_t spent() const { return limit_ - left_; }

 private:
  std::uint32_t limit_;
  std::uint32_t left_;
  bool exhausted_ = false;
};

struct Site {
  Arena& arena;
  Meter& meter;
  NodeId node;

  [[nodiscard]] Value fail(Fault fault, const Value& left = {}, const Value& right = {}) const {
    const auto failure = arena.make<Failure>(1);
    failure[0] = {fault, node, left, right};
    return Value::error(failure.data());
  }
};

}  // namespace lexecon::cel
