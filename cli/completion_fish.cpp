#include <algorithm>

#include "base/text.hpp"
#include "commands.hpp"
#include "completion.hpp"
#include "completion_words.hpp"
#include "invocation.hpp"

namespace lexecon::cli {
namespace {

constexpr std::string_view opening =
    R"fish(# Completion of lexecon for fish. Made by `lexecon completion fish` from its table of commands.

# True when the words of the command before the cursor, without global options, are those.
function __lexecon_at
    set -l command
    set -l value no
    for token in (commandline -opc)[2..-1]
        if test $value = yes
            set value no
            continue
        end
        switch $token
            case TAKERS
                set value yes
            case '-*'
            case '*'
                switch "$command"
                    case '' GROUPS
                        set -a command $token
                end
        end
    end
    test "$command" = "$argv"
end

complete -c lexecon -f
)fish";

/// Single quotes, within which fish knows \\ and \' alone.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\\' || c == '\'') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string condition(const std::string& command) {
  return " -n " + in_quotes(command.empty() ? "__lexecon_at" : "__lexecon_at " + command);
}

/// What follows an option: one of its choices, a file, or anything.
std::string value_of(const Option& option) {
  if (option.value.empty()) return {};
  if (!option.choices.empty()) return " -x -a " + in_quotes(words_of(option.choices));
  if (is_folder(option.value)) {
    return " -x -a " + in_quotes("(__fish_complete_directories (commandline -ct))");
  }
  return is_path(option.value) ? " -r -F" : " -x";
}

std::string line_of(const Option& option, const std::string& where) {
  std::string out = "complete -c lexecon" + where;
  if (!option.letter.empty()) out += " -s " + std::string(option.letter.substr(1));
  return out + " -l " + std::string(option.name.substr(2)) + value_of(option) + " -d " +
         in_quotes(option.help) + "\n";
}

std::string lines_of(const Command& command) {
  const auto where = condition(std::string(command.name));
  std::string out;
  for (const auto& option : command.options) out += line_of(option, where);
  const bool takes_file = std::any_of(command.positionals.begin(), command.positionals.end(),
                                      [](const Positional& each) { return is_path(each.name); });
  return takes_file ? out + "complete -c lexecon" + where + " -F\n" : out;
}

/// Everywhere but after the commands that have their own meaning for it.
std::string line_of_global(const Option& option) {
  std::string where;
  for (const auto* each : all_commands()) {
    const auto names = replaced_globals(*each);
    if (std::find(names.begin(), names.end(), option.name) == names.end()) continue;
    where += (where.empty() ? "" : "; and ") + ("not __lexecon_at " + std::string(each->name));
  }
  return line_of(option, where.empty() ? where : " -n " + in_quotes(where));
}

}  // namespace

std::string fish_completion() {
  auto out = filled(std::string(opening), "TAKERS", join(global_takers(), " "));
  out = filled(out, "GROUPS", join(group_names(), " "));
  for (const auto& [command, next] : next_words()) {
    for (const auto& each : next) {
      out += "complete -c lexecon" + condition(command) + " -a " + in_quotes(each.word) + " -d " +
             in_quotes(each.summary) + "\n";
    }
  }
  for (const auto& option : global_options()) out += line_of_global(option);
  out += "complete -c lexecon" + condition("") + " -l version -d 'Show the version'\n";
  for (const auto* each : all_commands()) out += lines_of(*each);
  return out;
}

}  // namespace lexecon::cli
