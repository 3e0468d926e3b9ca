#include "base/descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/text.hpp"

namespace lexecon {

Descriptor::~Descriptor() {
  // Linux closes even when it reports EINTR: closing again could hit another's descriptor.
  if (value_ >= 0) ::close(value_);
}

int Descriptor::release() noexcept { return std::exchange(value_, -1); }

Descriptor try_open(const Path& path, int flags, unsigned mode) {
  for (;;) {
    const int value = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    if (value >= 0 || errno != EINTR) return Descriptor(value);
  }
}

void write_all(int descriptor, std::string_view bytes, const Path& path) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw system_error(ErrorCode::io, "write", path, errno);
    // A write of nothing would be repeated for ever.
    if (written == 0) throw system_error(ErrorCode::io, "write", path, EIO);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void sync_descriptor(int descriptor, const Path& path) {
  // A failed fsync is final: the kernel may have dropped the pages, a second one would say success.
  while (::fsync(descriptor) != 0) {
    if (errno != EINTR) throw system_error(ErrorCode::io, "sync", path, errno);
  }
}

Error system_error(ErrorCode code, std::string_view doing, const Path& path, int number) {
  const std::string name = printable(path.string());
  const std::string reason = std::generic_category().message(number);
  return {code, "cannot " + std::string(doing) + " `" + name + "`: " + reason, name};
}

}  // namespace lexecon
