// The wish that the command ends, as something that can be waited for: SIGINT, SIGTERM, or nobody who
// reads standard output any more.
//
// Errors   Error{io}
#pragma once

#include <chrono>
#include <csignal>

#include "base/descriptor.hpp"

namespace lexecon::cli {

class Interrupts {
 public:
  /// From here on the two signals only end wait().
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  /// Waits so long; true as soon as the command should end.
  [[nodiscard]] bool wait(std::chrono::milliseconds patience) const;
  /// Waits until standard output takes more; true as soon as the command should end.
  [[nodiscard]] bool wait_for_output() const;

 private:
  sigset_t before_{};
  Descriptor signals_;
};

}  // namespace lexecon::cli
