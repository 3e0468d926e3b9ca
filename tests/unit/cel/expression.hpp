// Repeatable random expressions, and what the tests of the language do with them.
#pragma once

#include <string>
#include <vector>

#include "cel/evaluate.hpp"
#include "support/support.hpp"

namespace lexecon::test {

/// An expression over the variables x (a map), y (a list), z (an int) and unbound ones, well formed
/// but of any type; about `depth` operators deep.
[[nodiscard]] std::string random_expression(Random& random, int depth);

/// An expression, its program and its value; what the value views is kept beside it.
class Evaluated {
 public:
  /// Lenient, with the variables of random_expression() bound; throws what compile() refuses.
  explicit Evaluated(std::string_view source, std::uint32_t limit = cel::max_cost);
  [[nodiscard]] const cel::Program& program() const { return program_; }
  [[nodiscard]] const cel::Outcome& outcome() const { return outcome_; }
  /// The value as an expression, or "error: " and why.
  [[nodiscard]] std::string text() const;

 private:
  cel::Program program_;
  cel::Arena arena_;
  cel::Outcome outcome_;
};

}  // namespace lexecon::test
