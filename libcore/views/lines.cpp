#include "views/lines.hpp"

#include <unistd.h>

#include <cerrno>

#include "base/error.hpp"

namespace lexecon::views {
namespace {

constexpr std::size_t piece_bytes = 65'536;

}  // namespace

std::optional<std::string_view> Lines::next() {
  for (;;) {
    const auto end = buffer_.find('\n', scanned_);
    const auto known = end == std::string::npos ? buffer_.size() : end;
    if (known - start_ > longest_) {
      throw Error(ErrorCode::bad_input,
                  "expected lines of at most " + std::to_string(longest_) + " bytes",
                  path_.string());
    }
    if (end != std::string::npos) {
      const auto line = std::string_view(buffer_).substr(start_, end - start_);
      start_ = scanned_ = end + 1;
      return line;
    }
    scanned_ = buffer_.size();
    if (refill()) continue;
    if (start_ == buffer_.size()) return std::nullopt;
    const auto last = std::string_view(buffer_).substr(start_);
    start_ = scanned_;
    return last;
  }
}

/// False at the end of the file.
bool Lines::refill() {
  buffer_.erase(0, start_);
  scanned_ -= start_;
  start_ = 0;
  const auto before = buffer_.size();
  buffer_.resize(before + piece_bytes);
  ssize_t count = 0;
  do {
    count = ::read(file_.get(), buffer_.data() + before, piece_bytes);
  } while (count < 0 && errno == EINTR);
  if (count < 0) throw system_error(ErrorCode::io, "read", path_, errno);
  buffer_.resize(before + static_cast<std::size_t>(count));
  return count > 0;
}

}  // namespace lexecon::views
