// What commands share in showing things: tables, lines of a name and a value, JSON text, errors.
//
// Shapes   every line is printable: what a terminal would act upon is escaped
// Source   lexecon(1), Output
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "json/fwd.hpp"

namespace lexecon::cli {

/// Columns of the widest cell, two spaces apart; the first row is the heading. Cells are escaped.
[[nodiscard]] std::string table(const std::vector<std::vector<std::string>>& rows);
/// "name    value" lines, the values in one column; a pair without a value is left out.
[[nodiscard]] std::string facts(const std::vector<std::pair<std::string, std::string>>& pairs);
/// A member as people read it: a string bare, null as "-", any other value as JSON.
[[nodiscard]] std::string shown(const Json& value);
[[nodiscard]] std::string shown(const Json& object, std::string_view member);
/// One line of JSON; indented and in ASCII when `terminal`.
[[nodiscard]] std::string json_text(const Json& document, bool terminal);
/// The value that a JSON pointer names: a string bare, any other as JSON.
/// Error{usage} for what is no pointer, Error{not_found} when nothing is there.
[[nodiscard]] std::string value_at(const Json& document, std::string_view pointer);

/// Each line with everything escaped that is not printable.
[[nodiscard]] std::string printable_lines(std::string_view text);
/// lexecon.error/1.
[[nodiscard]] Json error_document(const Error& error);
/// "lexecon: error: …" and "lexecon: hint: …", or that document.
[[nodiscard]] std::string error_text(const Error& error, bool json);

}  // namespace lexecon::cli
