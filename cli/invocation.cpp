#include "invocation.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "commands.hpp"

namespace lexecon::cli {
namespace {

bool is_option(std::string_view token) { return token.size() > 1 && token.front() == '-'; }

const Option* named(std::string_view name, std::span<const Option> options) {
  const auto found = std::find_if(options.begin(), options.end(), [name](const Option& each) {
    return each.name == name || (!each.letter.empty() && each.letter == name);
  });
  return found == options.end() ? nullptr : &*found;
}

/// The words that may follow those of the group, each once, in the order of the table; of no group the first ones.
std::vector<std::string> next_after(const std::string& group) {
  const std::string before = group.empty() ? group : group + " ";
  std::vector<std::string> words;
  for (const auto* each : all_commands()) {
    if (!each->name.starts_with(before)) continue;
    auto word = split(each->name.substr(before.size()), ' ').front();
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return words;
}

std::string words_after(const std::string& group) { return join(next_after(group), ", "); }

/// What one token is: an option, the value that follows it, help.
struct Reading {
  const Option* option = nullptr;  // the last one in a cluster of letters
  bool takes_next = false;
  bool help = false;
};

Reading read_long(const std::string& token, std::span<const Option> options) {
  const auto equals = token.find('=');
  const auto name = token.substr(0, equals);
  Reading reading{.option = named(name, options)};
  if (reading.option == nullptr) return reading;
  reading.help = reading.option->name == "--help";
  const bool takes = !reading.option->value.empty();
  if (equals == std::string::npos) {
    reading.takes_next = takes;
  } else if (!takes) {
    throw Error(ErrorCode::usage, "option `" + name + "` takes no value, seen `" + token + "`");
  } else if (equals + 1 == token.size()) {
    throw Error(ErrorCode::usage, "expected a value after `" + token + "`", {},
                "an empty value is written " + name + " ''");
  }
  return reading;
}

Reading read_letters(const std::string& token, std::span<const Option> options) {
  Reading reading;
  for (std::size_t i = 1; i < token.size(); ++i) {
    reading.option = named(std::string("-") + token[i], options);
    if (reading.option == nullptr) return reading;
    if (reading.option->name == "--help") reading.help = true;
    if (reading.option->value.empty()) continue;
    reading.takes_next = i + 1 == token.size();
    return reading;
  }
  return reading;
}

Reading read(const std::string& token, std::span<const Option> options) {
  return token.starts_with("--") ? read_long(token, options) : read_letters(token, options);
}

/// Reads the tokens from `at` as those of a command: finds --help, never in the place of a value.
///
/// SECURITY: values may come from whoever asks for a decision, and help ends with exit 0.
bool asks_for_help(std::span<const std::string> tokens, std::span<const Option> options) {
  for (std::size_t i = 0; i < tokens.size() && tokens[i] != "--"; ++i) {
    if (!is_option(tokens[i])) continue;
    const auto reading = read(tokens[i], options);
    if (reading.help) return true;
    if (!reading.takes_next) continue;
    const auto name = std::string(reading.option->name);
    if (++i == tokens.size())
      throw Error(ErrorCode::usage, "expected a value after `" + name + "`");
    if (tokens[i].starts_with("--") && named(tokens[i], options) != nullptr) {
      throw Error(ErrorCode::usage,
                  "expected a value after `" + name + "`, seen `" + tokens[i] + "`", {},
                  "a value that looks like an option is written " + name + "=" + tokens[i]);
    }
  }
  return false;
}

/// Moves the options that stand before the next word to `out`; returns the place of that word.
std::size_t skip_options(std::span<const std::string> arguments, std::size_t at, Invocation& out) {
  for (; at < arguments.size() && is_option(arguments[at]); ++at) {
    const auto& token = arguments[at];
    if (token == "--version") {
      out.command = &version;
      continue;
    }
    const auto reading = token == "--" ? Reading{} : read(token, global_options());
    if (reading.option == nullptr) {
      auto hint = nearest_option(token, global_options());
      if (hint.empty()) hint = "a command's own options stand after its name";
      throw Error(ErrorCode::usage, "expected a command, seen `" + token + "`", {}, hint);
    }
    if (reading.help) {
      out.wants_help = true;
      continue;
    }
    out.tokens.push_back(token);
    if (reading.takes_next && at + 1 < arguments.size()) out.tokens.push_back(arguments[++at]);
  }
  return at;
}

}  // namespace

const Command* command_named(std::string_view words) {
  for (const auto* each : all_commands()) {
    if (each->name == words) return each;
  }
  return nullptr;
}

bool is_group(std::string_view words) {
  const auto prefix = std::string(words) + " ";
  const auto commands = all_commands();
  return std::any_of(commands.begin(), commands.end(),
                     [&prefix](const Command* each) { return each->name.starts_with(prefix); });
}

void fail_unknown_command(const std::string& word, const std::string& group) {
  const auto nearest = did_you_mean(word, next_after(group));
  const auto typed = group.empty() ? word : group + " " + word;
  const auto hint = nearest
                        ? "did you mean `" + (group.empty() ? "" : group + " ") + *nearest + "`?"
                    : group.empty() ? "`lexecon help` lists the commands"
                                    : "`" + group + "` has " + words_after(group);
  throw Error(ErrorCode::usage, "expected a command, seen `" + typed + "`", {}, hint);
}

std::string nearest_option(const std::string& typed, std::span<const Option> options) {
  std::vector<std::string> known;
  for (const auto& each : options) known.emplace_back(each.name);
  const auto nearest = did_you_mean(typed.substr(0, typed.find('=')), known);
  return nearest ? "did you mean `" + *nearest + "`?" : std::string{};
}

Invocation find_command(std::span<const std::string> arguments) {
  Invocation out;
  std::size_t at = skip_options(arguments, 0, out);
  while (at < arguments.size() && out.command == nullptr) {
    const auto& word = arguments[at++];
    const auto words = out.group.empty() ? word : out.group + " " + word;
    out.command = command_named(words);
    if (out.command != nullptr) break;
    if (!is_group(words)) fail_unknown_command(word, out.group);
    out.group = words;
    at = skip_options(arguments, at, out);
  }
  if (out.command == nullptr && !out.group.empty() && !out.wants_help) {
    throw Error(ErrorCode::usage,
                "expected a command after `" + out.group + "`: " + words_after(out.group), {},
                "`lexecon help " + out.group + "` shows them");
  }
  out.tokens.insert(out.tokens.end(), arguments.begin() + static_cast<std::ptrdiff_t>(at),
                    arguments.end());
  if (out.command != nullptr && asks_for_help(out.tokens, options_of(*out.command))) {
    out.wants_help = true;
  }
  return out;
}

}  // namespace lexecon::cli
