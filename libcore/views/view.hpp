// A package as something to read: one JSON document, a sheet, a report, or pages for a browser.
//
// Shapes   a view shows every entry that its package shows, says of which package it is, and is not signed
// Units    pages have 1,000 entries each, the index at most 2 MB whatever the size of the log
// Errors   those of views/bag
// Source   lexecon-view(5)
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "views/bag.hpp"
#include "views/survey.hpp"

namespace lexecon::views {

using Sink = std::function<void(std::string_view bytes)>;
/// What writes a file of that name, which is whole when the next one begins.
using NewFile = std::function<Sink(const std::string& name)>;

void write_json(const Bag& bag, const Survey& survey, const Sink& sink);
void write_csv(const Bag& bag, const Survey& survey, const Sink& sink);
void write_markdown(const Bag& bag, const Survey& survey, const Sink& sink);
void write_html(const Bag& bag, const Survey& survey, const NewFile& file);

}  // namespace lexecon::views
