// The first page of a view, whose size does not grow with the log, and the lists of pages.
//
// Units    at most 1,000 rows in a list of pages; of more pages there are lists of 1,000 each, or more
#pragma once

#include <string>
#include <vector>

#include "views/survey.hpp"

namespace lexecon::views {

inline constexpr std::size_t max_page_rows = 1'000;

/// How many pages a row of the index stands for: 1 while there are few.
[[nodiscard]] std::size_t pages_a_row(std::size_t pages);
[[nodiscard]] std::string index_page(const Bag& bag, const Survey& survey);
/// The list of pages that a row of the index leads to.
[[nodiscard]] std::string contents_page(const Bag& bag, const Survey& survey, Listing listing,
                                        std::size_t row);
/// "contents/pages-0001.html"
[[nodiscard]] std::string contents_name(Listing listing, std::size_t row);

}  // namespace lexecon::views
