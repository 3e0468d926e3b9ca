// What a command is: its words and options as data, and one function that runs it.
//
// Shapes   the parser, --help, the completions and the test of the man pages all read this table
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exit_code.hpp"

namespace lexecon::cli {

class Context;

struct Option {
  std::string_view name;   // "--actor"
  std::string_view value;  // "ID"; empty for a flag
  std::string_view help;   // one line, no full stop
  bool repeats = false;
  std::string_view choices = {};  // "table|jsonl": the only values there are
  std::string_view letter = {};   // "-o", only for h o q v n f
};

struct Positional {
  std::string_view name;  // "ID"
  std::string_view help;
  bool required = true;
  std::string_view choices = {};
  bool repeats = false;   // only the last one may
  bool any_text = false;  // may begin with a minus where no option does
};

/// What was typed, by long option name or positional name.
class Arguments {
 public:
  explicit Arguments(std::map<std::string, std::vector<std::string>, std::less<>> given)
      : given_(std::move(given)) {}
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
  /// A decimal integer in full within the bounds, or Error{usage}; nothing when not given.
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, std::int64_t low,
                                                    std::int64_t high) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> given_;
};

struct Command {
  std::string_view name;  // "ledger verify": groups are nouns, commands verbs
  std::string_view summary;
  std::vector<Positional> positionals = {};
  std::vector<Option> options = {};
  std::vector<std::string_view> examples = {};  // run by a test, each as one shell line
  ExitCode (*run)(const Arguments&, Context&) = nullptr;
  bool discovers = true;               // false: works only on a node that was named
  bool acts = false;                   // true: it may have changed something when it answers
  std::string_view lines_option = {};  // implies --json: a document a line
  /// Of a command about what belongs to tenants, which takes --tenant: the arguments that hold ids of it.
  std::optional<std::vector<std::string_view>> tenant_ids = {};
};

/// What every command takes, before its words or after them.
[[nodiscard]] std::span<const Option> global_options();
/// The command's own options, then the global ones that it does not replace.
[[nodiscard]] std::vector<Option> options_of(const Command& command);
/// "table|jsonl" -> table, jsonl
[[nodiscard]] std::vector<std::string> choices_of(std::string_view choices);

}  // namespace lexecon::cli
