// What an expression reads, for those who judge it without evaluating it.
//
// Shapes   `context.amount`, `context["amount"]` and the bare context key `amount` are one read;
//          of `risk.factors[0].name` the read is `risk.factors`
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "cel/program.hpp"

namespace lexecon::cel {

struct Read {
  std::string_view name;  // a variable
  std::string_view key;   // its member; empty when the whole is read, or a member that is computed
  std::uint32_t at = 0;
  bool is_test = false;  // has(name.key), "key" in name: asks, and needs no value
  bool is_guarded =
      false;  // a test that decides otherwise: has(name.key) && .., has(name.key) ? .. : ..
};

/// In the order of the source. Texts are views of `program` and `names`.
[[nodiscard]] std::vector<Read> reads_of(const Program& program, const Names& names);

}  // namespace lexecon::cel
