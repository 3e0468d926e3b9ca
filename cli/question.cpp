#include "question.hpp"

#include <unistd.h>

#include <iostream>

namespace lexecon::cli {

std::optional<std::string> ask(std::string_view question) {
  if (isatty(STDIN_FILENO) != 1 || isatty(STDERR_FILENO) != 1) return std::nullopt;
  std::cerr << question << ": " << std::flush;
  std::string line;
  if (!std::getline(std::cin, line) || line.empty()) return std::nullopt;
  return line;
}

}  // namespace lexecon::cli
