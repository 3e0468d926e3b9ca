// What the functions do with values.
//
// Errors   a value of the kind error, made at the site
// Source   CEL language definition, List of Standard Definitions
#pragma once

#include <span>

#include "cel/functions.hpp"
#include "cel/pattern.hpp"
#include "cel/site.hpp"
#include "cel/zone.hpp"

namespace lexecon::cel {

/// Costs of what is made while evaluating, because it was no literal.
inline constexpr std::uint32_t pattern_cost = 1000;
inline constexpr std::uint32_t zone_cost = 32;

/// What loading made of an argument that is a literal; null where it made nothing.
struct Prepared {
  const Pattern* pattern = nullptr;
  const Zone* zone = nullptr;
};

/// `arguments` are as many as the function takes, of a method its receiver first.
[[nodiscard]] Value call(const Site& site, Function function, std::span<const Value> arguments,
                         const Prepared& prepared);

}  // namespace lexecon::cel
