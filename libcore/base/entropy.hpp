// The one source of randomness: handed down beside the clock, so that tests can repeat a run.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace lexecon {

class Entropy {
 public:
  using Fill = std::function<void(std::span<std::uint8_t>)>;
  explicit Entropy(Fill fill) : fill_(std::move(fill)) {}

  [[nodiscard]] std::string bytes(std::size_t count);
  void fill(std::span<std::uint8_t> out) { fill_(out); }

 private:
  Fill fill_;
};

/// getrandom(2); throws Error{io} when the kernel gives none.
[[nodiscard]] Entropy system_entropy();

}  // namespace lexecon
