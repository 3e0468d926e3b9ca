// Signals that wait until something is put back in order: a terminal, a temporary folder.
#pragma once

#include <csignal>
#include <initializer_list>

namespace lexecon::cli {

/// While this lives they are kept back; what came meanwhile comes then.
class HeldSignals {
 public:
  explicit HeldSignals(std::initializer_list<int> numbers) {
    sigset_t held;
    sigemptyset(&held);
    for (const int number : numbers) sigaddset(&held, number);
    sigprocmask(SIG_BLOCK, &held, &before_);
  }
  ~HeldSignals() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace lexecon::cli
