// A line for a shell, read as far as it means the same to every shell: plain commands, their words and
// what they are joined by.
//
// Shapes   words of plain or quoted characters, joined by | |& || && ; & and line ends, with plain
//          redirections. Nothing is expanded: where a shell would, the line is not read
// Source   lexecon-hook(7), Commands; the Shell Command Language of POSIX
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexecon::agent {

struct CommandLine {
  std::vector<std::vector<std::string>> commands;  // the words of each, never empty
  std::vector<std::string> redirections;           // the files that are read or written so
};

/// Nothing when the line has an expansion, a pattern, a compound command, an assignment, a here-document,
/// a comment, or anything else whose meaning is not in its own text.
[[nodiscard]] std::optional<CommandLine> read_command_line(std::string_view text);
/// The first words, each once, in their order.
[[nodiscard]] std::vector<std::string> programs_of(const CommandLine& line);

}  // namespace lexecon::agent
