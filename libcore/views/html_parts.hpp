// What pages are built of: one document around each, and text between tags.
//
// Shapes   HTML that is XML as well; no script, nothing from elsewhere, and the browser is told to refuse both
// Source   HTML; CSP level 3
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "views/survey.hpp"

namespace lexecon::views {

/// `up` leads to the folder of the index: "" or "../". The title is text.
[[nodiscard]] std::string page_head(const Bag& bag, std::string_view title, std::string_view up);
[[nodiscard]] std::string page_foot();

/// <name>text</name>
[[nodiscard]] std::string element(const std::string& name, std::string_view text);
[[nodiscard]] std::string code(std::string_view text);
/// Lines that somebody may copy.
[[nodiscard]] std::string block(std::string_view text);
/// An outcome, in its colour besides.
[[nodiscard]] std::string mark(std::string_view outcome);

/// A row of a list of names and values; `value` is HTML.
[[nodiscard]] std::string fact(const std::string& name, const std::string& value);
/// A column of numbers has a name that begins with #.
[[nodiscard]] std::string table_head(const std::string& caption,
                                     const std::vector<std::string>& columns);

/// Where the pages of a listing are: "pages", "refused" or "people".
[[nodiscard]] std::string folder_of(Listing listing);
/// "pages/0001.html", counted from 0.
[[nodiscard]] std::string page_name(Listing listing, std::size_t page);
[[nodiscard]] std::string_view title_of(Listing listing);
/// 1,234,567
[[nodiscard]] std::string grouped(std::uint64_t number);
/// "2026-11-21 16:33:25" of an entry's time.
[[nodiscard]] std::string clock_text(std::string_view time);

}  // namespace lexecon::views
