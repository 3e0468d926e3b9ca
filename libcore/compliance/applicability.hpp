// Whether a demand binds a system on a day: by its roles, by what it is, and by the law in force then.
//
// Shapes   what the profile does not say stays unknown, whatever is likely. Before its day a demand is not_yet; a
//          date that is read in two ways is disputed between the two. Nothing here looks at evidence
// Errors   Error{bad_input} for a day before the first version of the law
// Source   lexecon-report(5), Applicability; Regulation (EU) 2024/1689, Articles 2, 6, 111, 113
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "compliance/profile.hpp"
#include "compliance/rulebook.hpp"
#include "compliance/statements.hpp"

namespace lexecon::compliance {

struct Applicability {
  enum class State : std::uint8_t { applies, not_yet, not_applicable, disputed, unknown };
  State state = State::unknown;
  std::optional<Date> from;    // by the reading that defers, where there are two
  std::optional<Date> formal;  // by the letter
  std::string reason;          // one line
  std::string basis;           // empty where no date decides
};
[[nodiscard]] std::string_view to_string(Applicability::State state);

[[nodiscard]] Applicability applicability_of(const Demand& demand, const Profile& profile,
                                             const Rulebook& rulebook, const Date& as_of);
/// Of a framework, which binds nobody by itself: all of it counts but what a named person left out.
[[nodiscard]] Applicability applicability_of_control(const Rulebook& rulebook,
                                                     const Statement* exclusion);

}  // namespace lexecon::compliance
