// The lines of a member, one after the other, in a buffer that does not grow with the file.
//
// Shapes   a line without its newline; the last one must have one
// Errors   Error{integrity} where the member becomes shorter
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "audit/container.hpp"

namespace lexecon::audit {

struct Line {
  std::string_view text;     // valid until the next call; of a longer one only its beginning
  std::uint64_t offset = 0;  // of its first byte
  std::uint64_t size = 0;
  bool is_whole = true;  // it ends with a newline and is not longer than it may be
};

class Lines {
 public:
  Lines(std::unique_ptr<MemberFile> file, std::size_t most_bytes)
      : file_(std::move(file)), most_(most_bytes) {}
  /// Nothing at the end.
  [[nodiscard]] std::optional<Line> next();

 private:
  [[nodiscard]] bool refill();

  std::unique_ptr<MemberFile> file_;
  std::size_t most_;
  std::string buffer_;
  std::size_t start_ = 0;        // of the next line in the buffer
  std::uint64_t read_upto_ = 0;  // what of the file was read
};

}  // namespace lexecon::audit
