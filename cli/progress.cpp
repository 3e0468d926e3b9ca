#include "progress.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <utility>

namespace lexecon::cli {
namespace {

constexpr std::string_view clear_line = "\r\x1B[K";

bool is_terminal() {
  const char* const kind = std::getenv("TERM");
  const char* const plain = std::getenv("NO_COLOR");
  return isatty(STDERR_FILENO) == 1 && kind != nullptr && std::string_view(kind) != "dumb" &&
         (plain == nullptr || *plain == '\0');
}

// A terminal that is gone takes nothing, and that is no reason to stop.
void write_line(std::string_view line) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

Progress::Progress(const Context& context, std::string what)
    : what_(std::move(what)),
      is_wanted_(!context.wants_json() && is_terminal()),
      next_(Clock::now() + std::chrono::seconds(1)) {}

Progress::~Progress() {
  if (is_shown_) write_line(clear_line);
}

void Progress::show(std::uint64_t done, std::uint64_t all) {
  if (!is_wanted_) return;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  is_shown_ = true;
  const auto of = all == 0 ? std::string() : " of " + std::to_string(all);
  write_line(std::string(clear_line) + std::to_string(done) + of + " " + what_);
}

}  // namespace lexecon::cli
