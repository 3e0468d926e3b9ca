// What commands that make a report are told: which system, which period, the law of which day.
//
// Shapes   days are YYYY-MM-DD in UTC. A period ends today and takes the twelve months before, unless it is given
// Errors   Error{usage} for a day that is none
#pragma once

#include <vector>

#include "command.hpp"
#include "context.hpp"
#include "json/json.hpp"
#include "reporting/report.hpp"

namespace lexecon::cli {

/// --system, --from, --to, --as-of and --size behind a command's own options.
[[nodiscard]] std::vector<Option> with_report_options(std::vector<Option> own);
[[nodiscard]] reporting::Wish wish_from(const Arguments& given, Context& context,
                                        reporting::Kind kind);

/// Made of the context's node, with a line on the terminal that says how far it is.
[[nodiscard]] Json make_report(const reporting::Wish& wish, Context& context);
/// What of a report's header shorter documents repeat: system, rulebook, period, as_of, and the log's state.
[[nodiscard]] Json report_basis(const Json& report);
/// The same as lines for people.
[[nodiscard]] std::string basis_text(const Json& basis);

}  // namespace lexecon::cli
