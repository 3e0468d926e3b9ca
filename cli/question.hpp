// A question that only a person at a terminal answers; a script gives the option instead.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lexecon::cli {

/// Whether somebody sits at a terminal.
[[nodiscard]] bool can_ask();
/// The line that was typed, which may be empty; nothing at the end of what is typed.
[[nodiscard]] std::optional<std::string> ask_line(std::string_view question);
/// The line that was typed; nothing where nobody sits, or nothing was typed.
[[nodiscard]] std::optional<std::string> ask(std::string_view question);

}  // namespace lexecon::cli
