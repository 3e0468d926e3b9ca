#include "question.hpp"

#include <unistd.h>

#include <iostream>

namespace lexecon::cli {

bool can_ask() { return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1; }

std::optional<std::string> ask_line(std::string_view question) {
  std::cerr << question << ": " << std::flush;
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

std::optional<std::string> ask(std::string_view question) {
  if (!can_ask()) return std::nullopt;
  auto line = ask_line(question);
  return line && line->empty() ? std::nullopt : line;
}

}  // namespace lexecon::cli
