#include "interrupts.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace lexecon::cli {
namespace {

constexpr int for_ever = -1;

sigset_t awaited() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

/// Returns what was blocked before.
sigset_t blocked(const sigset_t& signals) {
  sigset_t before;
  sigprocmask(SIG_BLOCK, &signals, &before);
  return before;
}

Descriptor opened(const sigset_t& signals) {
  Descriptor out(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!out.open()) throw system_error(ErrorCode::io, "wait for", "signals", errno);
  return out;
}

bool should_end(int signals, short output_events, int milliseconds) {
  std::array<pollfd, 2> watched{pollfd{.fd = signals, .events = POLLIN, .revents = 0},
                                pollfd{.fd = STDOUT_FILENO, .events = output_events, .revents = 0}};
  if (poll(watched.data(), watched.size(), milliseconds) < 0 && errno != EINTR) {
    throw system_error(ErrorCode::io, "wait for", "standard output", errno);
  }
  return watched[0].revents != 0 || (watched[1].revents & POLLERR) != 0;
}

}  // namespace

Interrupts::Interrupts() : before_(blocked(awaited())), signals_(opened(awaited())) {}

// A signal that was seen is taken out first: it would end the program now.
Interrupts::~Interrupts() {
  signalfd_siginfo seen{};
  while (read(signals_.get(), &seen, sizeof seen) > 0) {
  }
  sigprocmask(SIG_SETMASK, &before_, nullptr);
}

bool Interrupts::wait(std::chrono::milliseconds patience) const {
  return should_end(signals_.get(), 0, static_cast<int>(patience.count()));
}

bool Interrupts::wait_for_output() const { return should_end(signals_.get(), POLLOUT, for_ever); }

}  // namespace lexecon::cli
