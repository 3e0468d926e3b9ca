// The functions of the language, by name and number of arguments.
//
// Source   CEL language definition, List of Standard Definitions
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace lexecon::cel {

enum class Function : std::uint8_t {
  size,
  starts_with,
  ends_with,
  contains,
  matches,
  type,
  dyn,
  to_bool,
  to_bytes,
  to_double,
  to_duration,
  to_int,
  to_string,
  to_timestamp,
  to_uint,
  // Accessors, in the order of Civil; of a duration the last four.
  full_year,
  month,
  date,
  day_of_month,
  day_of_week,
  day_of_year,
  hours,
  minutes,
  seconds,
  milliseconds,
};

/// How many arguments a way of calling takes; none when `most` is below `least`.
struct Arity {
  std::uint8_t least = 1;
  std::uint8_t most = 0;
  [[nodiscard]] bool is_possible() const { return least <= most; }
  [[nodiscard]] bool takes(std::size_t count) const { return count >= least && count <= most; }
};

struct Signature {
  std::string_view name;
  Function function;
  Arity global;  // size(x)
  Arity method;  // x.size(), without counting x
};

[[nodiscard]] std::span<const Signature> signatures();
/// nullptr when there is none.
[[nodiscard]] const Signature* signature_of(std::string_view name);

}  // namespace lexecon::cel
