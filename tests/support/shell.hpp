// Other programs, run for real: what we write must be what they read.
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>

#include "base/files.hpp"
#include "base/text.hpp"

namespace lexecon::test {

struct Ran {
  int status = -1;     // the exit code
  std::string output;  // of both streams
};

/// Runs `command` in sh.
[[nodiscard]] inline Ran run(const std::string& command) {
  FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("popen failed");
  Ran out;
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) out.output += static_cast<char>(c);
  const int status = pclose(pipe);
  out.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return out;
}

/// Whether the program is here; says "skipped" when it is not.
[[nodiscard]] inline bool has_program(const std::string& name) {
  if (run("command -v " + name).status == 0) return true;
  std::cout << "skipped: no `" << name << "` on this machine\n";
  return false;
}

/// A path as one word of sh.
[[nodiscard]] inline std::string word(const Path& path) { return shell_quote(path.string()); }

}  // namespace lexecon::test
