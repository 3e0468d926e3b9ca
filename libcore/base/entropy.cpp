#include "base/entropy.hpp"

#include <sys/random.h>

#include <cerrno>

#include "base/error.hpp"

namespace lexecon {

std::string Entropy::bytes(std::size_t count) {
  std::string out(count, '\0');
  fill({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
  return out;
}

Entropy system_entropy() {
  return Entropy([](std::span<std::uint8_t> out) {
    while (!out.empty()) {
      const auto got = getrandom(out.data(), out.size(), 0);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) throw Error(ErrorCode::io, "the kernel gave no random bytes", "getrandom");
      out = out.subspan(static_cast<std::size_t>(got));
    }
  });
}

}  // namespace lexecon
