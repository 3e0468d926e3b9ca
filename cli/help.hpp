// Help, rendered from the table of commands: the examples first, then what a command takes.
#pragma once

#include <string>
#include <string_view>

#include "command.hpp"
#include "json/fwd.hpp"

namespace lexecon::cli {

/// Every command and group in one line each.
[[nodiscard]] std::string overview();
[[nodiscard]] std::string group_help(std::string_view group);
[[nodiscard]] std::string command_help(const Command& command);
/// "lexecon ledger show ENTRY [options]"
[[nodiscard]] std::string usage_line(const Command& command);
/// The table itself, as tests and packagers read it: lexecon.help/1.
[[nodiscard]] Json command_table();

}  // namespace lexecon::cli
