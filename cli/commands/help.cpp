// lexecon help: what the commands are, or how one of them is used.
#include "help.hpp"

#include "commands.hpp"
#include "context.hpp"
#include "invocation.hpp"

namespace lexecon::cli {
namespace {

std::string help_for(const std::string& word, const std::string& verb) {
  if (word.empty()) return overview();
  if (const auto* command = command_named(verb.empty() ? word : word + " " + verb)) {
    return command_help(*command);
  }
  if (verb.empty() && is_group(word)) return group_help(word);
  if (verb.empty() || !is_group(word)) fail_unknown_command(word, {});
  fail_unknown_command(verb, word);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto text = help_for(given.text("COMMAND").value_or(""), given.text("VERB").value_or(""));
  context.answer(command_table(), [&text](const Json&) { return text; });
  return ExitCode::yes;
}

}  // namespace

const Command help{
    .name = "help",
    .summary = "Show the commands, or how one of them is used",
    .positionals = {{"COMMAND", "A command, or the first word of one", false},
                    {"VERB", "Its second word", false}},
    .examples = {"lexecon help", "lexecon help ledger verify", "lexecon help --json"},
    .run = run,
};

}  // namespace lexecon::cli
