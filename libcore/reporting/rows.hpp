// The rows of a report: each demand that a kind is about, with what applies, what is on record and what is missing.
//
// Source   lexecon-report(5), Rows
#pragma once

#include <optional>
#include <vector>

#include "compliance/evaluation.hpp"
#include "compliance/profile.hpp"
#include "json/json.hpp"
#include "reporting/report.hpp"
#include "reporting/section.hpp"

namespace lexecon::reporting {

/// Error{not_found} for a framework that is none; Error{bad_input} where none is named and one is needed.
[[nodiscard]] const compliance::Rulebook& rulebook_of(const Wish& wish);
/// Those of the rulebook, in its order.
[[nodiscard]] std::vector<const compliance::Demand*> demands_of(
    Kind kind, const compliance::Rulebook& rulebook);

/// `profile` is nullptr for the whole node, of which only a framework is asked.
[[nodiscard]] Json row_of(const compliance::Demand& demand, const compliance::Profile* profile,
                          const compliance::Record& record, const Date& as_of, Book& book);
[[nodiscard]] Json summary_of(const Json& rows, const compliance::Rulebook& rulebook);

}  // namespace lexecon::reporting
