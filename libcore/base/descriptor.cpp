#include "base/descriptor.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
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

Descriptor open_regular(const Path& path) {
  const std::string name = printable(path.string());
  const auto refuse = [&name](const char* what) {
    return Error(ErrorCode::bad_input, "expected a regular file, `" + name + "` is " + what, name);
  };
  // O_NONBLOCK: a FIFO in the place of a file would otherwise block before it is refused.
  Descriptor file = try_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  if (!file.open()) {
    if (errno == ELOOP) throw refuse("a symbolic link");
    if (errno == ENXIO) throw refuse("a socket or a device");
    if (errno != ENOENT && errno != ENOTDIR) throw system_error(ErrorCode::io, "open", path, errno);
    throw Error(ErrorCode::not_found, "`" + name + "` does not exist", name);
  }
  // SECURITY: judged on the open descriptor, so that nobody can swap the file in between.
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw system_error(ErrorCode::io, "read", path, errno);
  if (S_ISDIR(status.st_mode)) throw refuse("a folder");
  if (S_ISFIFO(status.st_mode)) throw refuse("a FIFO");
  if (!S_ISREG(status.st_mode)) throw refuse("a device");
  return file;
}

void each_piece(int descriptor, const Path& path,
                const std::function<void(std::string_view)>& visit) {
  std::array<char, 65536>
      buffer;  // NOLINT: read() fills it, and zeroes cost more than a small file
  for (;;) {
    const auto got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw system_error(ErrorCode::io, "read", path, errno);
    if (got == 0) return;
    visit({buffer.data(), static_cast<std::size_t>(got)});
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
