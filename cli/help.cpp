#include "help.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "commands.hpp"
#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string indented(const std::string& block) {
  std::string out;
  for (const auto& line : split(block, '\n')) {
    if (!line.empty()) out += "  " + line + "\n";
  }
  return out;
}

std::string section(const std::string& title, const Rows& rows) {
  return rows.empty() ? std::string{} : "\n" + title + "\n" + indented(table(rows));
}

std::string left_side(const Option& option) {
  std::string out = option.letter.empty() ? "" : std::string(option.letter) + ", ";
  out += option.name;
  if (!option.value.empty()) out += " " + std::string(option.value);
  return out;
}

std::string right_side(std::string_view help, std::string_view choices, bool repeats) {
  std::string out(help);
  if (!choices.empty()) out += " (" + join(choices_of(choices), ", ") + ")";
  if (repeats) out += "; may be repeated";
  return out;
}

Rows rows_of(std::span<const Option> options) {
  Rows rows;
  for (const auto& each : options) {
    rows.push_back({left_side(each), right_side(each.help, each.choices, each.repeats)});
  }
  return rows;
}

Json to_json(std::span<const Option> options) {
  Json list = Json::array();
  for (const auto& each : options) {
    list.push_back({{"name", each.name},
                    {"letter", each.letter},
                    {"value", each.value},
                    {"help", each.help},
                    {"repeats", each.repeats},
                    {"choices", choices_of(each.choices)}});
  }
  return list;
}

Json to_json(const Command& command) {
  Json positionals = Json::array();
  for (const auto& each : command.positionals) {
    positionals.push_back({{"name", each.name},
                           {"help", each.help},
                           {"required", each.required},
                           {"repeats", each.repeats},
                           {"choices", choices_of(each.choices)}});
  }
  return {{"name", command.name},
          {"summary", command.summary},
          {"usage", usage_line(command)},
          {"positionals", positionals},
          {"options", to_json(command.options)},
          {"examples", command.examples}};
}

}  // namespace

std::string usage_line(const Command& command) {
  std::string out = "lexecon " + std::string(command.name);
  for (const auto& each : command.positionals) {
    const auto name = std::string(each.name) + (each.repeats ? "…" : "");
    out += each.required ? " " + name : " [" + name + "]";
  }
  return command.options.empty() ? out : out + " [options]";
}

std::string overview() {
  Rows alone;
  Rows groups;
  for (const auto* each : all_commands()) {
    const auto words = split(each->name, ' ');
    const auto is_it = [&words](const auto& row) { return row[0] == words[0]; };
    if (words.size() == 1) {
      alone.push_back({words[0], std::string(each->summary)});
    } else if (std::none_of(groups.begin(), groups.end(), is_it)) {
      groups.push_back({words[0], std::string(group_summary(words[0]))});
    }
  }
  return "lexecon decides what an agent may do, and keeps a signed record of it.\n\n"
         "  lexecon COMMAND [options]\n" +
         section("Commands", alone) + section("Groups of commands", groups) +
         section("Options of every command", rows_of(global_options())) +
         "\n`lexecon help COMMAND` shows one, `lexecon help GROUP` what a group has.\n";
}

std::string group_help(std::string_view group) {
  Rows rows;
  for (const auto* each : all_commands()) {
    if (each->name.starts_with(std::string(group) + " ")) {
      rows.push_back({std::string(each->name), std::string(each->summary)});
    }
  }
  return std::string(group_summary(group)) + "\n" + section("Commands", rows);
}

std::string command_help(const Command& command) {
  Rows positionals;
  for (const auto& each : command.positionals) {
    positionals.push_back({std::string(each.name), right_side(each.help, each.choices, false)});
  }
  std::string out = std::string(command.summary) + "\n\n  " + usage_line(command) + "\n";
  if (!command.examples.empty()) {
    out += "\nExamples\n";
    for (const auto& each : command.examples) out += "  " + std::string(each) + "\n";
  }
  return out + section("Arguments", positionals) + section("Options", rows_of(command.options)) +
         section("Options of every command", rows_of(global_options()));
}

Json command_table() {
  Json commands = Json::array();
  for (const auto* each : all_commands()) commands.push_back(to_json(*each));
  return {{"schema", "lexecon.help/1"},
          {"commands", commands},
          {"global_options", to_json(global_options())}};
}

}  // namespace lexecon::cli
