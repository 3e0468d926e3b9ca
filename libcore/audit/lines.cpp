#include "audit/lines.hpp"

namespace lexecon::audit {
namespace {

constexpr std::size_t chunk = 131'072;

}  // namespace

std::optional<Line> Lines::next() {
  const auto offset = read_upto_ - (buffer_.size() - start_);
  std::size_t searched = start_;
  std::uint64_t dropped = 0;  // of a line that is longer than it may be
  for (;;) {
    const auto end = buffer_.find('\n', searched);
    if (end != std::string::npos || read_upto_ == file_->size()) {
      const bool has_end = end != std::string::npos;
      const auto held = (has_end ? end : buffer_.size()) - start_;
      if (!has_end && held + dropped == 0) return std::nullopt;
      Line line{.text = std::string_view(buffer_).substr(start_, held),
                .offset = offset,
                .size = held + dropped,
                .is_whole = has_end && dropped == 0 && held <= most_};
      start_ += held + (has_end ? 1 : 0);
      return line;
    }
    buffer_.erase(0, start_);
    start_ = 0;
    if (buffer_.size() > most_ + 1) {
      dropped += buffer_.size() - (most_ + 1);
      buffer_.resize(most_ + 1);
    }
    searched = buffer_.size();
    if (!refill()) return std::nullopt;
  }
}

bool Lines::refill() {
  const auto kept = buffer_.size();
  buffer_.resize(kept + chunk);
  const auto got = file_->read(read_upto_, std::span(buffer_).subspan(kept));
  buffer_.resize(kept + got);
  read_upto_ += got;
  return got > 0;
}

}  // namespace lexecon::audit
