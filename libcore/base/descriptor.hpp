// The plain POSIX calls that files.cpp and lock.cpp share, each repeated after an interruption.
//
// Errors   Error{io} with the path and the system's reason, unless said otherwise
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/files.hpp"

namespace lexecon {

/// Closes its descriptor at the end; -1 holds none.
class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : value_(other.release()) {}
  Descriptor& operator=(Descriptor&&) = delete;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int get() const noexcept { return value_; }
  [[nodiscard]] bool open() const noexcept { return value_ >= 0; }
  [[nodiscard]] int release() noexcept;

 private:
  int value_;
};

/// open(2) with O_CLOEXEC; holds none, with errno set, when that failed.
[[nodiscard]] Descriptor try_open(const Path& path, int flags, unsigned mode = 0);
/// A regular file for reading. Error{not_found}, or Error{bad_input} for a link, a folder, a FIFO or a
/// device: they are not read.
[[nodiscard]] Descriptor open_regular(const Path& path);
/// All bytes up to the end, in pieces of at most 64 KiB.
void each_piece(int descriptor, const Path& path,
                const std::function<void(std::string_view)>& visit);
void write_all(int descriptor, std::string_view bytes, const Path& path);
void sync_descriptor(int descriptor, const Path& path);
/// "`path`: cannot <doing>: <reason of error number>".
[[nodiscard]] Error system_error(ErrorCode code, std::string_view doing, const Path& path,
                                 int number);

}  // namespace lexecon
