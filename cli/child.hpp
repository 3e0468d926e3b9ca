// Another program, run for its answer: by absolute path, without a shell, in an environment of its own.
//
// Errors   Error{io} when it cannot be started; how it ended is a value
// Source   lexecon(1), Children
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"

namespace lexecon::cli {

/// A program of that name in /usr/local/bin, /usr/bin or /bin; never looked for anywhere else.
[[nodiscard]] std::optional<Path> find_program(std::string_view name);

struct Child {
  Path program;
  std::vector<std::string> arguments;    // without the program's name
  std::vector<std::string> environment;  // NAME=value, all of it
  bool is_interactive = false;           // has our standard input and errors: it may ask a person
};

struct Ended {
  std::optional<int> exit_status;  // nothing: killed, by the time-out or otherwise
  std::string output;              // its standard output, at most 64 KiB; its errors are not read
};

/// Its standard input is empty unless it is interactive. It is ended when it takes longer than
/// `patience`, and killed when it does not end within a second.
[[nodiscard]] Ended run_child(const Child& child, std::chrono::milliseconds patience);
/// NAME=value of those of `names` that are set.
[[nodiscard]] std::vector<std::string> environment_of(std::span<const std::string_view> names);

}  // namespace lexecon::cli
