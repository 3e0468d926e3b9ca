// The filters that lists take: of entries, and of decisions.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"

namespace lexecon::cli {

/// --type … --reverse, after the options of the list itself.
[[nodiscard]] std::vector<Option> with_filters(std::vector<Option> own);
/// `now` is what a span counts back from.
[[nodiscard]] ledger::EntryFilter entry_filter(const Arguments& given, Timestamp now);
/// --actor … --reverse, before the options of the list itself.
[[nodiscard]] std::vector<Option> with_decision_filters(std::vector<Option> own);
[[nodiscard]] oversight::DecisionFilter decision_filter(const Arguments& given, Timestamp now);
/// An RFC 3339 time, or a span back from `now`; Error{usage} for anything else.
[[nodiscard]] std::optional<Timestamp> time_option(const Arguments& given, std::string_view name,
                                                   Timestamp now);
/// An RFC 3339 time, or a span on from `now`; Error{usage} for anything else.
[[nodiscard]] std::optional<Timestamp> time_to_come(const Arguments& given, std::string_view name,
                                                    Timestamp now);

}  // namespace lexecon::cli
