// lexecon help: what the commands are, or how one of them is used.
#include "help.hpp"

#include "commands.hpp"
#include "context.hpp"
#include "invocation.hpp"

namespace lexecon::cli {
namespace {

std::string help_for(const std::vector<std::string>& words) {
  if (words.empty()) return overview();
  std::string group;
  for (const auto& word : words) {
    const auto name = group.empty() ? word : group + " " + word;
    if (command_named(name) == nullptr && !is_group(name)) fail_unknown_command(word, group);
    group = name;
  }
  const auto* const command = command_named(group);
  return command == nullptr ? group_help(group) : command_help(*command);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto text = help_for(given.texts("COMMAND"));
  context.answer(command_table(), [&text](const Json&) { return text; });
  return ExitCode::yes;
}

}  // namespace

const Command help{
    .name = "help",
    .summary = "Show the commands, or how one of them is used",
    .positionals =
        {{"COMMAND", "The words of a command, or the first ones of several", false, {}, true}},
    .examples = {"lexecon help", "lexecon help ledger verify", "lexecon help compliance profile",
                 "lexecon help --json"},
    .run = run,
};

}  // namespace lexecon::cli
