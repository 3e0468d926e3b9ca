// Text of a package on its way into a page, a sheet or a report, where none of it may act.
//
// Shapes   what nobody would see (controls, marks of direction) becomes \u{hex}, in JSON \uhhhh
// Source   OWASP, CSV injection; CommonMark 0.30; GFM, tables and autolinks; RFC 4180; RFC 8259
#pragma once

#include <string>
#include <string_view>

namespace lexecon::views {

/// Text between tags.
/// SECURITY: not for attributes, which hold nothing of a package but what names and numbers are made of.
void append_html(std::string& out, std::string_view text);

/// A quoted cell. One that a spreadsheet might take for a formula, or that begins with an apostrophe, has an
/// apostrophe before it: whoever removes one leading apostrophe has the text.
void append_csv(std::string& out, std::string_view text);

/// Text in a paragraph or in a cell of a table.
void append_markdown(std::string& out, std::string_view text);
/// The same as code where its characters allow that.
void append_markdown_code(std::string& out, std::string_view text);

/// JSON text of the same value.
void append_json(std::string& out, std::string_view json);

[[nodiscard]] std::string html(std::string_view text);
[[nodiscard]] std::string json_text(std::string_view json);

}  // namespace lexecon::views
