// Which command a line of arguments means, before anything of it is parsed.
//
// Shapes   a command is one word, or the one or two words of a group and a word; global options stand before them
//          or after
// Errors   Error{usage} with "did you mean"
#pragma once

#include <span>
#include <string>
#include <vector>

#include "command.hpp"

namespace lexecon::cli {

struct Invocation {
  const Command* command = nullptr;  // nullptr: no command, or a group alone
  std::string group;                 // the group that was named, if any
  bool wants_help = false;
  std::vector<std::string> tokens;  // everything but the words of the command
};

[[nodiscard]] Invocation find_command(std::span<const std::string> arguments);
/// The command of these words, or nullptr.
[[nodiscard]] const Command* command_named(std::string_view words);
/// True when some command begins with `words` and goes on.
[[nodiscard]] bool is_group(std::string_view words);
/// Error{usage}: nothing has this word after those of the group; names the nearest one.
[[noreturn]] void fail_unknown_command(const std::string& word, const std::string& group);
/// "--jsno" against the options there are: a hint, or an empty one.
[[nodiscard]] std::string nearest_option(const std::string& typed, std::span<const Option> options);

}  // namespace lexecon::cli
