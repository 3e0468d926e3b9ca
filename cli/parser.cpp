#include "parser.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "invocation.hpp"

namespace lexecon::cli {
namespace {

using Given = std::map<std::string, std::vector<std::string>, std::less<>>;

/// What CLI11 is told of an option: its text is taken as it is, and read by us alone.
CLI::Option* declare(CLI::App& app, const std::string& names, bool flag, Given& given,
                     const std::string& name) {
  const CLI::callback_t keep = [&given, name](const CLI::results_t& results) {
    given[name] = results;
    return true;
  };
  if (flag) return app.add_flag_callback(names, [&given, name] { given[name] = {}; });
  // Without extra arguments "[a,b]" stays one value, and a list never eats what follows it.
  return app.add_option(names, keep)->expected(1)->allow_extra_args(false);
}

void declare_all(CLI::App& app, const Command& command, const std::vector<Option>& options,
                 Given& given) {
  for (const auto& each : options) {
    std::string names(each.name);
    if (!each.letter.empty()) names = std::string(each.letter) + "," + names;
    auto* option = declare(app, names, each.value.empty(), given, std::string(each.name));
    if (each.repeats) option->take_all();
  }
  for (const auto& each : command.positionals) {
    const std::string name(each.name);
    auto* option = declare(app, name, false, given, name);
    if (each.repeats) option->expected(1, -1)->allow_extra_args()->take_all();
  }
}

void check_choice(std::string_view name, std::string_view choices,
                  const std::vector<std::string>& values) {
  if (choices.empty()) return;
  const auto known = choices_of(choices);
  for (const auto& value : values) {
    if (std::find(known.begin(), known.end(), value) != known.end()) continue;
    const auto nearest = did_you_mean(value, known);
    throw Error(
        ErrorCode::usage,
        "expected " + join(known, ", ") + " for `" + std::string(name) + "`, seen `" + value + "`",
        {}, nearest ? "did you mean `" + *nearest + "`?" : "");
  }
}

/// Choices and what must stand there; how often an option stood is checked while it is counted.
void check(const Command& command, const std::vector<Option>& options, const Given& given) {
  for (const auto& each : options) {
    const auto found = given.find(each.name);
    if (found != given.end()) check_choice(each.name, each.choices, found->second);
  }
  for (const auto& each : command.positionals) {
    const auto found = given.find(each.name);
    if (found != given.end()) check_choice(each.name, each.choices, found->second);
    if (found == given.end() && each.required) {
      throw Error(
          ErrorCode::usage,
          "expected " + std::string(each.name) + " after `" + std::string(command.name) + "`", {},
          "`lexecon help " + std::string(command.name) + "` shows how");
    }
  }
}

/// Whether a token is an option, so that the next one may be its value.
const Option* option_of(std::string_view token, const std::vector<Option>& options) {
  const auto found = std::find_if(options.begin(), options.end(), [token](const Option& each) {
    return token.substr(0, token.find('=')) == each.name || token == each.letter;
  });
  return found == options.end() ? nullptr : &*found;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool takes_any_text(const Command& command) {
  return std::any_of(command.positionals.begin(), command.positionals.end(),
                     [](const Positional& each) { return each.any_text; });
}

/// Texts that begin with a minus behind the mark that ends the options: `policy eval '-x < 3'`.
std::vector<std::string> with_texts_last(const std::vector<Option>& options,
                                         std::span<const std::string> tokens) {
  std::vector<std::string> before;
  std::vector<std::string> behind;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (token == "--") {
      const auto rest = tokens.subspan(i + 1);
      behind.insert(behind.end(), rest.begin(), rest.end());
      break;
    }
    const auto* option = option_of(token, options);
    // A letter alone is an option that there is not, rather than the opposite of a name.
    const bool is_text = option == nullptr && token.size() > 1 && token[0] == '-' &&
                         token[1] != '-' && (token.size() > 2 || !is_letter(token[1]));
    (is_text ? behind : before).push_back(token);
    const bool value_follows = option != nullptr && !option->value.empty() &&
                               token.find('=') == std::string::npos && i + 1 < tokens.size();
    if (value_follows) before.push_back(tokens[++i]);
  }
  before.emplace_back("--");
  before.insert(before.end(), behind.begin(), behind.end());
  return before;
}

[[noreturn]] void fail_unexpected(const Command& command, const std::vector<Option>& options,
                                  std::vector<std::string> extras) {
  const auto help = "`lexecon help " + std::string(command.name) + "` shows what it takes";
  for (const auto& extra : extras) {
    if (extra.size() < 2 || extra.front() != '-') continue;
    auto hint = nearest_option(extra, options);
    throw Error(ErrorCode::usage, "unknown option `" + extra + "`", {}, hint.empty() ? help : hint);
  }
  throw Error(ErrorCode::usage, "one argument too many: `" + extras.front() + "`", {}, help);
}

void check_counts(const CLI::App& app) {
  for (const auto* option : app.get_options()) {
    const bool repeats = option->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
    if (repeats || option->count() < 2) continue;
    throw Error(ErrorCode::usage, "option `" + option->get_name() + "` stands there twice");
  }
}

}  // namespace

Arguments parse(const Command& command, std::span<const std::string> tokens) {
  const auto options = options_of(command);
  Given given;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  declare_all(app, command, options, given);
  try {
    std::vector<std::string> ordered(tokens.begin(), tokens.end());
    if (takes_any_text(command)) ordered = with_texts_last(options, tokens);
    // CLI11 takes the last token first.
    app.parse(std::vector<std::string>(ordered.rbegin(), ordered.rend()));
  } catch (const CLI::ParseError&) {
    check_counts(app);
    throw Error(ErrorCode::usage,
                "the arguments of `" + std::string(command.name) + "` could not be read", {},
                "`lexecon help " + std::string(command.name) + "` shows what it takes");
  }
  check_counts(app);
  auto extras = app.remaining();
  // CLI11 keeps the mark that ends the options among them.
  if (const auto mark = std::find(extras.begin(), extras.end(), "--"); mark != extras.end()) {
    extras.erase(mark);
  }
  if (!extras.empty()) fail_unexpected(command, options, extras);
  check(command, options, given);
  return Arguments(std::move(given));
}

}  // namespace lexecon::cli
