#include "base/text.hpp"
#include "commands.hpp"
#include "completion.hpp"
#include "completion_words.hpp"
#include "invocation.hpp"

namespace lexecon::cli {
namespace {

constexpr std::string_view opening =
    R"zsh(#compdef lexecon
# Completion of lexecon for zsh. Made by `lexecon completion zsh` from its table of commands.

_lexecon() {
  local command='' word
  local -a kept=(lexecon) globals
  integer at=2
  # The words of the command are taken out; options may stand before them and stay.
  while ((at < CURRENT)); do
    word=$words[at]
    case $word in
      --) break ;;
      -*)
        kept+=("$word")
        if _lexecon_takes "$word" && ((at + 1 < CURRENT)); then kept+=("$words[++at]"); fi
        ;;
      *)
        case $command in
          '' | GROUPS) command="${command:+$command }$word" ;;
          *) break ;;
        esac
        ;;
    esac
    ((++at))
  done
  words=("${(@)kept}" "${(@)words[at,-1]}")
  CURRENT=$((CURRENT - at + $#kept + 1))
  GLOBALS
  case $command in
)zsh";

/// Inside the [] or after the : of a specification.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// ":FILE:_files", ":FORMAT:(table jsonl)", ":ID:"
std::string value_of(std::string_view value, std::string_view choices) {
  if (value.empty()) return {};
  std::string action;
  if (!choices.empty()) {
    action = "(" + words_of(choices) + ")";
  } else if (is_path(value)) {
    action = is_folder(value) ? "_files -/" : "_files";
  }
  return ":" + std::string(value) + ":" + action;
}

std::string specification(const Option& option) {
  const std::string name(option.name);
  const auto rest =
      shell_quote("[" + escaped(option.help) + "]" + value_of(option.value, option.choices));
  const std::string repeats = option.repeats ? "*" : "";
  if (option.letter.empty()) return shell_quote(repeats + name) + rest;
  const std::string letter(option.letter);
  return (option.repeats ? shell_quote(repeats) : shell_quote("(" + letter + " " + name + ")")) +
         "{" + letter + "," + name + "}" + rest;
}

/// `'(init\:"…" status\:"…")'`: the words that may stand there, with what they do.
std::string words_after(const std::vector<NextWord>& words) {
  std::vector<std::string> list;
  for (const auto& each : words) {
    list.push_back(each.word + "\\:\"" + escaped(each.summary) + "\"");
  }
  return "((" + join(list, " ") + "))";
}

std::string arm(const std::string& command, const std::vector<std::string>& specifications,
                const std::vector<std::string>& replaced = {}) {
  std::string out = "    " + shell_quote(command) + ")\n";
  for (const auto& name : replaced) out += "      globals=(${globals:#" + name + "*})\n";
  out += "      _arguments -S \"${(@)globals}\"";
  for (const auto& each : specifications) out += " \\\n        " + each;
  return out + " ;;\n";
}

std::string arms_of_groups() {
  std::string out;
  for (const auto& [command, next] : next_words()) {
    if (!command.empty() && !is_group(command)) continue;
    std::vector<std::string> specifications{shell_quote("1:command:" + words_after(next))};
    if (command.empty()) specifications.push_back(shell_quote("--version[Show the version]"));
    out += arm(command, specifications);
  }
  return out;
}

std::string positional_specification(const Positional& positional, std::size_t place) {
  const auto value = value_of(positional.name, positional.choices);
  if (positional.repeats) return shell_quote("*" + value);
  return shell_quote(std::to_string(place) + (positional.required ? "" : ":") + value);
}

std::string arm_of(const Command& command) {
  std::vector<std::string> specifications;
  for (const auto& option : command.options) specifications.push_back(specification(option));
  std::size_t place = 0;
  for (const auto& positional : command.positionals) {
    specifications.push_back(positional_specification(positional, ++place));
  }
  return arm(std::string(command.name), specifications, replaced_globals(command));
}

std::string function_of_takers() {
  return "\n# $1: an option that may stand before the command; true when a value follows it\n"
         "_lexecon_takes() { [[ $1 == (" +
         join(global_takers(), "|") + ") ]] }\n";
}

}  // namespace

std::string zsh_completion() {
  std::string globals = "globals=(";
  for (const auto& option : global_options()) globals += "\n    " + specification(option);
  auto out = filled(std::string(opening), "GROUPS", join(group_names(), " | "));
  out = filled(out, "GLOBALS", globals + "\n  )") + arms_of_groups();
  for (const auto* each : all_commands()) out += arm_of(*each);
  return out + "  esac\n}\n" + function_of_takers() +
         "\nif [[ $funcstack[1] == _lexecon ]]; then _lexecon \"$@\"; "
         "else compdef _lexecon lexecon; fi\n";
}

}  // namespace lexecon::cli
