#include "line_reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace lexecon::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t max_group_bytes = 8U << 20U;
constexpr std::size_t chunk = 1U << 18U;

Descriptor opened(const std::string& argument) {
  if (argument == "-") return Descriptor();
  auto file = try_open(argument, O_RDONLY);
  if (file.open()) return file;
  if (errno == ENOENT) throw Error(ErrorCode::not_found, "no such file", argument);
  throw system_error(ErrorCode::io, "open", argument, errno);
}

/// For poll(2): what is left until the deadline, rounded up; -1 without one.
int milliseconds_until(const std::optional<Clock::time_point>& deadline) {
  if (!deadline) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

}  // namespace

LineReader::LineReader(const std::string& argument, std::size_t longest_line)
    : name_(argument == "-" ? "standard input" : argument),
      file_(opened(argument)),
      descriptor_(file_.open() ? file_.get() : STDIN_FILENO),
      stopped_(eventfd(0, EFD_CLOEXEC)),
      longest_line_(longest_line) {
  if (!stopped_.open()) throw system_error(ErrorCode::io, "wait for", name_, errno);
}

void LineReader::stop() noexcept { eventfd_write(stopped_.get(), 1); }

bool LineReader::is_terminal() const { return isatty(descriptor_) == 1; }

std::vector<Line> LineReader::next(std::size_t most, std::chrono::milliseconds moment) {
  std::vector<Line> lines;
  std::size_t bytes = 0;
  Deadline deadline;
  while (lines.size() < most && bytes < max_group_bytes) {
    if (auto line = take()) {
      bytes += line->text.size();
      lines.push_back(*std::move(line));
      if (!deadline) deadline = Clock::now() + moment;
      continue;
    }
    if (ended_ || !wait(deadline)) break;
    fill();
  }
  return lines;
}

// A whole line of the buffer or, at the end of the input, what is left there.
std::optional<Line> LineReader::take() {
  const auto end = buffer_.find('\n', scanned_);
  const bool whole = end != std::string::npos;
  scanned_ = whole ? end + 1 : buffer_.size();
  const auto size = (whole ? end : buffer_.size()) - start_;
  if (size > longest_line_) read_over();
  if (!whole && (!ended_ || (size == 0 && !too_long_))) return std::nullopt;
  Line line{.number = ++number_, .text = {}, .ended = whole, .too_long = too_long_};
  if (!std::exchange(too_long_, false)) line.text = buffer_.substr(start_, size);
  start_ = scanned_;
  return line;
}

// Memory stays bounded: of a line that is too long nothing is kept.
void LineReader::read_over() {
  too_long_ = true;
  start_ = scanned_;
}

bool LineReader::wait(const Deadline& deadline) const {
  for (;;) {
    std::array<pollfd, 2> watched{pollfd{.fd = descriptor_, .events = POLLIN, .revents = 0},
                                  pollfd{.fd = stopped_.get(), .events = POLLIN, .revents = 0}};
    const int ready = poll(watched.data(), watched.size(), milliseconds_until(deadline));
    if (ready >= 0) return ready > 0 && watched[1].revents == 0;
    if (errno != EINTR) throw system_error(ErrorCode::io, "wait for", name_, errno);
  }
}

void LineReader::fill() {
  buffer_.erase(0, start_);
  scanned_ -= start_;
  start_ = 0;
  const auto kept = buffer_.size();
  buffer_.resize(kept + chunk);
  const auto got = read(descriptor_, buffer_.data() + kept, chunk);
  const int failure = got < 0 ? errno : 0;
  buffer_.resize(kept + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  ended_ = got == 0;
  if (failure == 0 || failure == EINTR || failure == EAGAIN) return;
  if (failure == EISDIR) {
    throw Error(ErrorCode::bad_input, "expected a file, found a folder", name_);
  }
  throw system_error(ErrorCode::io, "read", name_, failure);
}

}  // namespace lexecon::cli
