// The filters that lists take: a window of time, entries, decisions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"

namespace lexecon::cli {

/// The window of a list, which its filter has under the same names.
struct Window {
  std::optional<Timestamp> from;
  std::optional<Timestamp> to;
  std::optional<std::uint64_t> limit;
  bool reverse = false;
};
/// `now` is what a span counts back from.
[[nodiscard]] Window window_of(const Arguments& given, Timestamp now);
/// --from, --to, --limit and --reverse, after the options of the list itself.
[[nodiscard]] std::vector<Option> with_window(std::vector<Option> own);

template <class Filter>
void put_window(Filter& filter, const Arguments& given, Timestamp now) {
  const auto [from, to, limit, reverse] = window_of(given, now);
  filter.from = from;
  filter.to = to;
  filter.limit = limit;
  filter.reverse = reverse;
}

/// --tenant, after the options of a command that is about one decision and what belongs to it.
[[nodiscard]] std::vector<Option> with_tenant(std::vector<Option> own);

/// --type … --reverse, after the options of the list itself.
[[nodiscard]] std::vector<Option> with_filters(std::vector<Option> own);
[[nodiscard]] ledger::EntryFilter entry_filter(const Arguments& given, Timestamp now);
/// --actor … --reverse, before the options of the list itself.
[[nodiscard]] std::vector<Option> with_decision_filters(const std::vector<Option>& own);
/// The long form of --actor, for lists of what requests asked.
[[nodiscard]] std::optional<std::string> requesting_actor(const Arguments& given);
[[nodiscard]] oversight::DecisionFilter decision_filter(const Arguments& given, Timestamp now);
/// An RFC 3339 time, or a span back from `now`; Error{usage} for anything else.
[[nodiscard]] std::optional<Timestamp> time_option(const Arguments& given, std::string_view name,
                                                   Timestamp now);
/// --due and --within: no time at all for --due alone, nothing without it.
[[nodiscard]] std::optional<Span> due_within(const Arguments& given);
/// An RFC 3339 time, or a span on from `now`; Error{usage} for anything else.
[[nodiscard]] std::optional<Timestamp> time_to_come(const Arguments& given, std::string_view name,
                                                    Timestamp now);

}  // namespace lexecon::cli
