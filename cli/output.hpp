// What commands share in showing things: tables, lines of a name and a value, JSON text, errors.
//
// Shapes   every line is printable: what a terminal would act upon is escaped
// Source   lexecon(1), Output
#pragma once

#include <optional>
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
/// The reference tokens of a JSON pointer (RFC 6901); Error{usage} for what is none.
[[nodiscard]] std::vector<std::string> pointer_tokens(std::string_view pointer);
/// The value that the tokens lead to, a string bare, any other as JSON; nothing when none is there.
[[nodiscard]] std::optional<std::string> value_at(const Json& document,
                                                  const std::vector<std::string>& tokens);

/// Each line with everything escaped that is not printable.
[[nodiscard]] std::string printable_lines(std::string_view text);
/// lexecon.error/1.
[[nodiscard]] Json error_document(const Error& error);
/// "lexecon: error: …" and "lexecon: hint: …", or that document.
[[nodiscard]] std::string error_text(const Error& error, bool json);

}  // namespace lexecon::cli
