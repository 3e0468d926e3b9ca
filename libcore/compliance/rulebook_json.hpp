// Rulebooks and demands as values for people and programs to read.
//
// Shapes   the items of lexecon.rulebooks/1 and lexecon.obligations/1
// Source   lexecon-compliance-frameworks(1), lexecon-compliance-obligations(1)
#pragma once

#include <cstddef>

#include "compliance/rulebook.hpp"
#include "json/fwd.hpp"

namespace lexecon::compliance {

/// What a rulebook is, without its demands.
[[nodiscard]] Json to_json(const Rulebook& book);
/// A demand with the dates and the duty of a version of the law.
[[nodiscard]] Json to_json(const Rulebook& book, const Demand& demand, std::size_t version);

}  // namespace lexecon::compliance
