// What the completion scripts of all shells are made of, from the table of commands.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"

namespace lexecon::cli {

struct NextWord {
  std::string word;
  std::string summary;
};

/// After the words on the left, any of those: "" -> first words, "ledger" -> its verbs,
/// "compliance" -> its verbs and profile, "key show" -> ledger, token. Ascending.
[[nodiscard]] std::map<std::string, std::vector<NextWord>> next_words();
/// The words of `next_words` that are no command by themselves, as one word of a shell each, and the global
/// options that a value follows.
[[nodiscard]] std::vector<std::string> group_names();
[[nodiscard]] std::vector<std::string> global_takers();
/// The choices as words of a shell, which would run what stands in parentheses.
[[nodiscard]] std::string words_of(std::string_view choices);
/// True when what stands for a value, as in FILE, is the name of a file.
[[nodiscard]] bool is_path(std::string_view value);
[[nodiscard]] bool is_folder(std::string_view value);
/// The names of the global options that the command has its own meaning for.
[[nodiscard]] std::vector<std::string> replaced_globals(const Command& command);
/// The text with `with` in the one place where `place` stands.
[[nodiscard]] std::string filled(std::string text, std::string_view place, const std::string& with);

}  // namespace lexecon::cli
