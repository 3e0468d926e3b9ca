// The states that a row can be in, as words with a sign: never told by colour alone.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "json/fwd.hpp"
#include "report/markup.hpp"

namespace lexecon::report {

struct Mark {
  std::string_view state;  // as in the model
  std::string_view label;
  std::string_view sign;
};

/// In the order of tables and charts.
[[nodiscard]] std::span<const Mark> applicability_marks();
[[nodiscard]] std::span<const Mark> evidence_marks();
[[nodiscard]] std::span<const Mark> conclusion_marks();

/// As markup. SECURITY: a class is one of these words; a state that is none of them is text.
[[nodiscard]] Json mark(const Markup& markup, std::span<const Mark> known, std::string_view state);

}  // namespace lexecon::report
