// A file, a line at a time, however long the file is.
//
// Shapes   each line ends with LF, which the last one may do without, and is given without
// Errors   Error{io}; Error{bad_input} for a line that is too long
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/descriptor.hpp"

namespace lexecon::views {

class Lines {
 public:
  Lines(Path path, std::size_t longest) : path_(std::move(path)), longest_(longest) {}

  /// Stands until the next call; nothing behind the last one.
  [[nodiscard]] std::optional<std::string_view> next();

 private:
  bool refill();

  Path path_;
  Descriptor file_ = open_regular(path_);
  std::size_t longest_;
  std::string buffer_;
  std::size_t start_ = 0;    // of the line that comes next
  std::size_t scanned_ = 0;  // no line ends before
};

}  // namespace lexecon::views
