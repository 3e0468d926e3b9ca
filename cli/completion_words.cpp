#include "completion_words.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "commands.hpp"
#include "invocation.hpp"

namespace lexecon::cli {
namespace {

/// A group has as many verbs and stands here once.
void add(std::vector<NextWord>& list, NextWord next) {
  const auto place =
      std::lower_bound(list.begin(), list.end(), next,
                       [](const auto& left, const auto& right) { return left.word < right.word; });
  if (place == list.end() || place->word != next.word) list.insert(place, std::move(next));
}

}  // namespace

std::map<std::string, std::vector<NextWord>> next_words() {
  std::map<std::string, std::vector<NextWord>> out;
  for (const auto* each : all_commands()) {
    const auto words = split(each->name, ' ');
    std::string before;
    for (const auto& word : words) {
      const auto name = before.empty() ? word : before + " " + word;
      const auto summary = name == each->name ? each->summary : group_summary(name);
      add(out[before], {word, std::string(summary)});
      before = name;
    }
    for (const auto& positional : each->positionals) {
      for (const auto& choice : choices_of(positional.choices)) {
        add(out[std::string(each->name)], {choice, std::string(positional.help)});
      }
    }
  }
  return out;
}

std::vector<std::string> group_names() {
  std::vector<std::string> names;
  for (const auto& [words, next] : next_words()) {
    if (is_group(words)) names.push_back(shell_quote(words));
  }
  return names;
}

std::vector<std::string> global_takers() {
  std::vector<std::string> names;
  for (const auto& option : global_options()) {
    if (!option.value.empty()) names.emplace_back(option.name);
  }
  return names;
}

std::string words_of(std::string_view choices) {
  std::string out;
  for (const char c : join(choices_of(choices), " ")) {
    if (c == '(' || c == ')') out += '\\';
    out += c;
  }
  return out;
}

bool is_path(std::string_view value) {
  return value == "FILE" || value == "PATH" || value == "PIN" || is_folder(value);
}

bool is_folder(std::string_view value) { return value == "DIR"; }

std::vector<std::string> replaced_globals(const Command& command) {
  std::vector<std::string> names;
  for (const auto& own : command.options) {
    for (const auto& global : global_options()) {
      if (own.name == global.name) names.emplace_back(own.name);
    }
  }
  return names;
}

std::string filled(std::string text, std::string_view place, const std::string& with) {
  return text.replace(text.find(place), place.size(), with);
}

}  // namespace lexecon::cli
