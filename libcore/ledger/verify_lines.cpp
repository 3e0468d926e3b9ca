#include "ledger/verify_lines.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/descriptor.hpp"
#include "chain/entry.hpp"

namespace lexecon::ledger {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t chunk = 262'144;
constexpr std::size_t most_of_line = chain::max_entry_bytes + 1;

}  // namespace

void LineSource::fill(Batch& batch, std::size_t most) {
  batch.clear();
  batch.is_last = false;
  try {
    read(batch, std::min(most, most_batch_rows));
  } catch (...) {
    batch.read_failure = std::current_exception();
    batch.is_last = true;
  }
}

void LineSource::read(Batch& batch, std::size_t most) {
  while (batch.items.size() < most && batch.bytes() < most_batch_bytes) {
    const auto line = next_line();
    if (!line) {
      batch.is_last = true;
      return;
    }
    Item item;
    item.leaf_bytes = batch.keep(*line, "\0"sv);
    item.row.seq = position_++;
    item.row.body = item.leaf_bytes.substr(1);
    batch.items.push_back(std::move(item));
  }
}

/// Valid until the next call; nothing at the end.
std::optional<std::string_view> LineSource::next_line() {
  std::size_t searched = start_;
  for (;;) {
    const std::size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos || (ended_ && start_ < buffer_.size())) {
      const auto size = (end == std::string::npos ? buffer_.size() : end) - start_;
      const auto line = std::string_view(buffer_).substr(start_, size);
      start_ += size + (end == std::string::npos ? 0 : 1);
      return line;
    }
    if (ended_) return std::nullopt;
    // Memory stays bounded: of a line that is no entry any more only its beginning is kept.
    buffer_.resize(std::min(buffer_.size(), start_ + most_of_line));
    buffer_.erase(0, start_);
    start_ = 0;
    searched = buffer_.size();
    refill();
  }
}

void LineSource::refill() {
  const std::size_t kept = buffer_.size();
  buffer_.resize(kept + chunk);
  const auto got = ::read(descriptor_, buffer_.data() + kept, chunk);
  const int failure = got < 0 ? errno : 0;
  buffer_.resize(kept + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (failure != 0 && failure != EINTR) {
    throw system_error(ErrorCode::io, "read", name_, failure);
  }
  ended_ = got == 0;
}

}  // namespace lexecon::ledger
