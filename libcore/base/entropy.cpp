#include "base/entropy.hpp"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include "base/error.hpp"

namespace lexecon {

namespace {

void fill_from_kernel(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const auto got = getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw Error(ErrorCode::io, "the kernel gave no random bytes", "getrandom");
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

// SECURITY: each byte is given once, and wiped where it stood.
class Pool {
 public:
  void take(std::span<std::uint8_t> out) {
    for (auto& byte : out) {
      if (next_ == bytes_.size()) refill();
      byte = std::exchange(bytes_[next_++], std::uint8_t{0});
    }
  }

 private:
  void refill() {
    fill_from_kernel(bytes_);
    next_ = 0;
  }

  std::array<std::uint8_t, 256> bytes_{};
  std::size_t next_ = bytes_.size();
};

}  // namespace

std::string Entropy::bytes(std::size_t count) {
  std::string out(count, '\0');
  fill({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
  return out;
}

Entropy system_entropy() {
  // A call costs more than the bytes: one serves several. Copies share the pool, so that they never
  // give the same bytes.
  return Entropy(
      [pool = std::make_shared<Pool>()](std::span<std::uint8_t> out) { pool->take(out); });
}

}  // namespace lexecon
