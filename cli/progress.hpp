// A line on the terminal that says how far a long command is.
//
// Shapes   only when standard error is a terminal and no document was asked for; after a second, at most
//          ten times a second, and gone when the command has its answer
// Source   lexecon(1), Output
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "context.hpp"

namespace lexecon::cli {

class Progress {
 public:
  /// `what` are the things that are counted, as "entries verified".
  Progress(const Context& context, std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `all` is 0 when nobody knows.
  void show(std::uint64_t done, std::uint64_t all);

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  bool is_wanted_;
  bool is_shown_ = false;
  Clock::time_point next_;
};

}  // namespace lexecon::cli
