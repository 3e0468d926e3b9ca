// One entry as rows of a table: what happened, by whom and why, and folded up its place in the chain.
#pragma once

#include <string>

#include "views/survey.hpp"

namespace lexecon::views {

/// Where rows are shown. Among all entries each has the anchor e<seq>; elsewhere it leads there.
struct Place {
  Listing listing = Listing::all;
  std::size_t page = 0;
};

[[nodiscard]] std::string entries_head(const std::string& caption);
/// A <tbody>.
[[nodiscard]] std::string entry_rows(const Item& item, const Json& data, const Survey& survey,
                                     const Place& place);
/// What stands for entries that are withheld.
[[nodiscard]] std::string gap_rows(std::uint64_t withheld);
/// The entry, as a link from that place.
[[nodiscard]] std::string link_to(std::uint64_t seq, const Survey& survey, const Place& from);

}  // namespace lexecon::views
