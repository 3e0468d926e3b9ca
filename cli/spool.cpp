#include "spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace lexecon::cli {
namespace {

constexpr std::size_t keep_in_memory = 1U << 20U;

/// A private file that has no name, so that nothing is left of it however the process ends.
int nameless_file() {
  const auto folder = temporary_folder();
  auto name = (folder / "lexecon-XXXXXX").string();
  const int descriptor = mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) throw system_error(ErrorCode::io, "make a temporary file", folder, errno);
  unlink(name.c_str());
  return descriptor;
}

}  // namespace

Path temporary_folder() {
  std::error_code failed;
  auto folder = std::filesystem::temp_directory_path(failed);
  if (failed) throw Error(ErrorCode::io, "no folder for temporary files", "TMPDIR");
  return folder;
}

void Spool::append(std::string_view bytes) {
  memory_ += bytes;
  if (memory_.size() > keep_in_memory) spill();
}

void Spool::spill() {
  if (!file_) file_.emplace(nameless_file());
  write_all(file_->get(), memory_, "temporary file");
  memory_.clear();
}

void Spool::write_to(int descriptor, const Path& name) {
  if (file_) {
    spill();
    if (lseek(file_->get(), 0, SEEK_SET) != 0) {
      throw system_error(ErrorCode::io, "rewind", "temporary file", errno);
    }
    each_piece(file_->get(), "temporary file",
               [&](std::string_view piece) { write_all(descriptor, piece, name); });
    return;
  }
  write_all(descriptor, memory_, name);
}

}  // namespace lexecon::cli
