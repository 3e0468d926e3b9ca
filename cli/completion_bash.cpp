#include <vector>

#include "base/text.hpp"
#include "commands.hpp"
#include "completion.hpp"
#include "completion_words.hpp"

namespace lexecon::cli {
namespace {

constexpr std::string_view opening =
    R"bash(# Completion of lexecon for bash. Made by `lexecon completion bash` from its table of commands.

_lexecon() {
  local word=${COMP_WORDS[COMP_CWORD]} before='' command='' at token
  COMPREPLY=()
  # The words of the command, without options and what they take.
  for ((at = 1; at < COMP_CWORD; at++)); do
    token=${COMP_WORDS[at]}
    before=''
    case $token in
      --) return ;;
      -*)
        if _lexecon_takes "$command" "$token"; then
          before=$token
          ((++at))
          if [[ ${COMP_WORDS[at]-} == = ]]; then ((++at)); fi
        fi
        ;;
      *)
        case $command in
          '' | GROUPS) command="${command:+$command }$token" ;;
        esac
        ;;
    esac
  done
  # What was read last stands before the cursor: nothing waits for a value.
  if ((at <= COMP_CWORD)); then before=''; fi
  if [[ $word == = ]]; then word=''; fi
  if [[ -n $before ]]; then
    _lexecon_values "$command" "$before" "$word"
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_lexecon_options "$command")" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -W "$(_lexecon_words "$command")" -- "$word")
    if ((${#COMPREPLY[@]} == 0)); then mapfile -t COMPREPLY < <(compgen -f -- "$word"); fi
  fi
}
)bash";

using Names = std::vector<std::string>;

std::string names_of(const std::vector<Option>& options) {
  Names names;
  for (const auto& each : options) names.emplace_back(each.name);
  return join(names, " ");
}

std::string function_of_words() {
  std::string out = "\n# $1: the command so far\n_lexecon_words() {\n  case $1 in\n";
  for (const auto& [command, next] : next_words()) {
    Names list;
    for (const auto& each : next) list.push_back(each.word);
    out += "    " + shell_quote(command) + ") echo " + join(list, " ") + " ;;\n";
  }
  return out + "  esac\n}\n";
}

std::string function_of_options() {
  std::string out = "\n# $1: the command\n_lexecon_options() {\n  case $1 in\n";
  for (const auto* each : all_commands()) {
    out += "    " + shell_quote(each->name) + ") echo " + names_of(options_of(*each)) + " ;;\n";
  }
  const auto globals = global_options();
  return out + "    *) echo " + names_of({globals.begin(), globals.end()}) +
         " --version ;;\n  esac\n}\n";
}

std::string function_of_takers() {
  std::string out =
      "\n# $1: the command, $2: an option; true when a value follows it\n"
      "_lexecon_takes() {\n  case $2 in\n    " +
      join(global_takers(), " | ") + ") return 0 ;;\n  esac\n  case \"$1 $2\" in\n";
  for (const auto* each : all_commands()) {
    Names patterns;
    for (const auto& option : each->options) {
      if (option.value.empty()) continue;
      patterns.push_back("'" + std::string(each->name) + " " + std::string(option.name) + "'");
      if (!option.letter.empty()) {
        patterns.push_back("'" + std::string(each->name) + " " + std::string(option.letter) + "'");
      }
    }
    if (!patterns.empty()) out += "    " + join(patterns, " | ") + ") return 0 ;;\n";
  }
  return out + "  esac\n  return 1\n}\n";
}

std::string function_of_values() {
  std::string out =
      "\n# $1: the command, $2: the option, $3: the value so far\n"
      "_lexecon_values() {\n  case \"$1 $2\" in\n";
  for (const auto* each : all_commands()) {
    for (const auto& option : options_of(*each)) {
      const auto pattern = "'" + std::string(each->name) + " " + std::string(option.name) + "'";
      if (!option.choices.empty()) {
        out += "    " + pattern + ") mapfile -t COMPREPLY < <(compgen -W '" +
               words_of(option.choices) + "' -- \"$3\") ;;\n";
      } else if (is_path(option.value)) {
        out += "    " + pattern + ") mapfile -t COMPREPLY < <(compgen -f -- \"$3\") ;;\n";
      }
    }
  }
  return out + "  esac\n}\n";
}

}  // namespace

std::string bash_completion() {
  const auto out = filled(std::string(opening), "GROUPS", join(group_names(), " | "));
  return out + function_of_words() + function_of_options() + function_of_takers() +
         function_of_values() + "\ncomplete -o filenames -F _lexecon lexecon\n";
}

}  // namespace lexecon::cli
