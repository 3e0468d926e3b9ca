// What a batch asks, a group of lines at a time: the next one is read while this one is decided.
//
// Shapes   at most two groups at once; one thread reads at a time, and hands on values. A terminal is
//          not read ahead: a passphrase may be typed there too
// Units    groups of at most 1,000 lines, 8 MiB, or what comes within 50 ms of the first line
// Errors   a line that asks nothing is a refusal in its place; what else goes wrong with the input is
//          thrown by the next() whose group it spoils
// Source   lexecon-decide(1)
#pragma once

#include <cstdint>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "decision/request.hpp"
#include "line_reader.hpp"

namespace lexecon::cli {

struct AskedGroup {
  std::uint64_t first_line = 1;
  std::vector<std::optional<Error>> refusals;  // one a line; nothing for a line that asks something
  std::vector<decision::Request> requests;     // of the other lines
  bool has_address = false;                    // some id looks like a person's
};

class BatchInput {
 public:
  /// A file, or standard input for "-".
  explicit BatchInput(const std::string& argument) : lines_(argument) {}
  /// Ends the reading of a group that nobody will ask for.
  ~BatchInput();
  BatchInput(const BatchInput&) = delete;
  BatchInput& operator=(const BatchInput&) = delete;

  /// Waits for a group, and begins to read the one after it. Without lines at the end.
  [[nodiscard]] AskedGroup next();

 private:
  [[nodiscard]] std::future<AskedGroup> begin();
  [[nodiscard]] AskedGroup read();

  LineReader lines_;
  std::future<AskedGroup> coming_;  // while it is valid, its thread alone uses lines_
};

}  // namespace lexecon::cli
