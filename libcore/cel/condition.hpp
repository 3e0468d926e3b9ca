// What the conditions of a policy may name, and what those names are bound to.
//
// Shapes   bindings are views of the canonical request, which outlives them; of a request without data
//          classes or context these are empty, every other name is absent unless it was given
// Source   lexecon-policy(5), Conditions
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "cel/names.hpp"
#include "json/fwd.hpp"

namespace lexecon::cel {

enum class Variable : std::uint16_t {
  actor,
  action,
  resource,
  data_classes,
  tool,
  intent,
  tenant,
  model,
  prompt,
  context,
  risk,
  facts,
  declared_risk,
  request,
  now,
};
inline constexpr std::size_t variable_count = 15;

class Bindings {
 public:
  [[nodiscard]] Value& operator[](Variable name) { return slots_[static_cast<std::size_t>(name)]; }
  [[nodiscard]] std::span<const Value> slots() const { return slots_; }

 private:
  std::array<Value, variable_count> slots_;
};

/// With `declared` the context has these keys, ascending, and no other.
[[nodiscard]] Names condition_names(std::optional<std::vector<DeclaredKey>> declared = {});
/// Of a canonical request. `risk` and `facts` are empty maps until they are set.
[[nodiscard]] Bindings bind_request(const Json& request, Timestamp now);
/// The same for names whose context is declared: its keys are read as what they are declared.
[[nodiscard]] Value declared_context(const Json& request);

}  // namespace lexecon::cel
