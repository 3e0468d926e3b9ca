#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <thread>
#include <utility>

#include "base/descriptor.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

namespace lexecon {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool try_lock(int descriptor, const Path& path) {
  for (;;) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return true;
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) throw system_error(ErrorCode::io, "lock", path, errno);
  }
}

/// The process id in the lock file: a hint, for its writer may be gone.
std::string holder(int descriptor) {
  std::array<char, 24> buffer{};
  const auto got = ::pread(descriptor, buffer.data(), buffer.size(), 0);
  if (got <= 0) return {};
  const std::string_view text(buffer.data(), static_cast<std::size_t>(got));
  const auto pid = parse_integer(text.substr(0, text.find('\n')));
  return pid && *pid > 0 ? " (process " + std::to_string(*pid) + ")" : "";
}

/// Best effort: the lock holds without the hint, also on a full disk. What a longer one left behind the
/// newline stays: a file that is cut first has its blocks written when it is closed, which takes as long as a
/// commit.
void leave_pid(int descriptor) {
  const std::string text = std::to_string(::getpid()) + "\n";
  [[maybe_unused]] const auto written = ::pwrite(descriptor, text.data(), text.size(), 0);
}

[[noreturn]] void refuse_busy(int descriptor, const Path& path) {
  const std::string name = printable(path.string());
  throw Error(ErrorCode::busy, "another process" + holder(descriptor) + " holds `" + name + "`",
              name, "wait for it to end, or give a longer --timeout");
}

}  // namespace

FileLock::FileLock(const Path& path, milliseconds patience) : descriptor_(-1) {
  Descriptor file = try_open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
  if (!file.open()) {
    const int number = errno;
    const bool denied = number == EACCES || number == EPERM || number == EROFS;
    throw system_error(denied ? ErrorCode::not_permitted : ErrorCode::io, "lock", path, number);
  }
  const auto until = steady_clock::now() + patience;
  for (milliseconds pause{5}; !try_lock(file.get(), path);
       pause = std::min(pause * 2, milliseconds{20})) {
    const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now());
    if (left <= milliseconds{0}) refuse_busy(file.get(), path);
    std::this_thread::sleep_for(std::min(pause, left));
  }
  leave_pid(file.get());
  descriptor_ = file.release();
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

bool is_network_type(std::int64_t type) {
  // The magic numbers of statfs(2) and linux/magic.h, and of file systems outside the kernel's
  // tree.
  static constexpr std::array<std::int64_t, 16> network = {
      0x6969,      // NFS
      0x517B,      // SMB
      0xFF534D42,  // CIFS
      0xFE534D42,  // SMB2
      0x01021997,  // 9p
      0x65735546,  // FUSE
      0x00C36400,  // Ceph
      0x5346414F,  // OpenAFS
      0x6B414653,  // kAFS
      0x73757245,  // Coda
      0x01161970,  // GFS2
      0x7461636F,  // OCFS2
      0x0BD00BD0,  // Lustre
      0x564C,      // NCP
      0x47504653,  // GPFS
      0x19830326,  // BeeGFS
  };
  // f_type is signed and sign-extends magic numbers above 2^31 where long has 32 bits.
  return std::find(network.begin(), network.end(), type & 0xFFFF'FFFF) != network.end();
}

bool is_network_filesystem(const Path& path) {
  struct statfs status {};
  while (::statfs(path.c_str(), &status) != 0) {
    if (errno == EINTR) continue;
    throw system_error(errno == ENOENT ? ErrorCode::not_found : ErrorCode::io, "examine", path,
                       errno);
  }
  return is_network_type(static_cast<std::int64_t>(status.f_type));
}

}  // namespace lexecon
