// Lines of a file or a pipe, in groups: as many as come within a moment of the first.
//
// Units    a line has at most 1 MiB unless said otherwise, a group 8 MiB; what is longer is read over and marked
// Errors   Error{io}; Error{not_found} or {bad_input} for a file that cannot be read
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/descriptor.hpp"

namespace lexecon::cli {

struct Line {
  std::uint64_t number = 1;  // from 1
  std::string text;          // without its end; empty when too long
  bool ended = true;         // false: the input ended before the line did
  bool too_long = false;
};

class LineReader {
 public:
  /// A file, or standard input for "-".
  explicit LineReader(const std::string& argument, std::size_t longest_line = 1U << 20U);

  /// Waits for a line, then takes those that come within `moment`, at most `most`. Empty at the end.
  [[nodiscard]] std::vector<Line> next(std::size_t most, std::chrono::milliseconds moment);
  /// From another thread: next() waits no longer, now and ever after.
  void stop() noexcept;
  [[nodiscard]] bool is_terminal() const;

 private:
  using Deadline = std::optional<std::chrono::steady_clock::time_point>;

  std::optional<Line> take();
  void read_over();
  [[nodiscard]] bool wait(const Deadline& deadline) const;
  void fill();

  std::string name_;
  Descriptor file_;  // holds none for standard input
  int descriptor_;
  Descriptor stopped_;  // readable from stop() on
  std::size_t longest_line_;
  std::string buffer_;
  std::size_t start_ = 0;    // of the line that comes next
  std::size_t scanned_ = 0;  // no line ends before
  std::uint64_t number_ = 0;
  bool too_long_ = false;
  bool ended_ = false;
};

}  // namespace lexecon::cli
