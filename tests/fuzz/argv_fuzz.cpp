#include <string>
#include <vector>

#include "base/text.hpp"
#include "fuzz/targets.hpp"
#include "invocation.hpp"
#include "parser.hpp"

namespace {

using lexecon::cli::Arguments;
using lexecon::cli::Command;

// What was read, in its long form: no letters, nothing that two readings are possible of.
std::vector<std::string> long_form(const Command& command, const Arguments& given) {
  std::vector<std::string> words;
  for (const auto& each : lexecon::cli::options_of(command)) {
    const std::string name(each.name);
    if (each.value.empty() && given.has(name)) words.push_back(name);
    for (const auto& value : given.texts(name)) {
      words.push_back(value.empty() ? name : name + "=" + value);
      if (value.empty()) words.emplace_back();
    }
  }
  words.emplace_back("--");
  for (const auto& each : command.positionals) {
    for (const auto& value : given.texts(each.name)) words.push_back(value);
  }
  return words;
}

}  // namespace

// One argument a line.
void lexecon::fuzz::argv(std::string_view bytes) {
  const auto invocation = cli::find_command(split(bytes, '\n'));
  if (invocation.command == nullptr || invocation.wants_help) return;
  const Command& command = *invocation.command;
  const auto given = cli::parse(command, invocation.tokens);
  for (const auto& each : cli::options_of(command)) {
    require(each.repeats || given.texts(each.name).size() <= 1, "an option stood twice");
  }
  for (const auto& each : command.positionals) {
    require(!each.required || given.has(each.name), "a word is missing");
  }
  std::vector<std::string> again{std::string(command.name)};
  if (const auto space = command.name.find(' '); space != std::string_view::npos) {
    again = {std::string(command.name.substr(0, space)),
             std::string(command.name.substr(space + 1))};
  }
  const auto words = long_form(command, given);
  again.insert(again.end(), words.begin(), words.end());
  const auto second = cli::find_command(again);
  require(second.command == &command && !second.wants_help, "the long form is another command");
  require(long_form(command, cli::parse(command, second.tokens)) == words,
          "the long form reads otherwise");
}
