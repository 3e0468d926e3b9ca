#include "completion.hpp"

#include <map>
#include <set>
#include <vector>

#include "base/text.hpp"
#include "commands.hpp"

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

bool takes_path(std::string_view value) {
  return value == "FILE" || value == "DIR" || value == "PATH" || value == "PIN";
}

std::string names_of(const std::vector<Option>& options) {
  Names names;
  for (const auto& each : options) names.emplace_back(each.name);
  return join(names, " ");
}

/// First words, and after a group its verbs.
std::map<std::string, std::set<std::string>> words() {
  std::map<std::string, std::set<std::string>> out;
  for (const auto* each : all_commands()) {
    const auto parts = split(each->name, ' ');
    out[""].insert(parts[0]);
    if (parts.size() > 1) out[parts[0]].insert(parts[1]);
    for (const auto& positional : each->positionals) {
      for (const auto& choice : choices_of(positional.choices)) {
        out[std::string(each->name)].insert(choice);
      }
    }
  }
  return out;
}

std::string function_of_words() {
  std::string out = "\n# $1: the command so far\n_lexecon_words() {\n  case $1 in\n";
  for (const auto& [command, next] : words()) {
    const Names list(next.begin(), next.end());
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
  Names globals;
  for (const auto& each : global_options()) {
    if (!each.value.empty()) globals.emplace_back(each.name);
  }
  std::string out =
      "\n# $1: the command, $2: an option; true when a value follows it\n"
      "_lexecon_takes() {\n  case $2 in\n    " +
      join(globals, " | ") + ") return 0 ;;\n  esac\n  case \"$1 $2\" in\n";
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
               join(choices_of(option.choices), " ") + "' -- \"$3\") ;;\n";
      } else if (takes_path(option.value)) {
        out += "    " + pattern + ") mapfile -t COMPREPLY < <(compgen -f -- \"$3\") ;;\n";
      }
    }
  }
  return out + "  esac\n}\n";
}

}  // namespace

std::string bash_completion() {
  Names groups;
  for (const auto& [word, next] : words()) {
    if (!word.empty() && word.find(' ') == std::string::npos && !group_summary(word).empty()) {
      groups.push_back(word);
    }
  }
  std::string out(opening);
  const auto place = out.find("GROUPS");
  out.replace(place, 6, join(groups, " | "));
  return out + function_of_words() + function_of_options() + function_of_takers() +
         function_of_values() + "\ncomplete -o filenames -F _lexecon lexecon\n";
}

}  // namespace lexecon::cli
