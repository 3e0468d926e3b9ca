#include "base/scratch.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/descriptor.hpp"
#include "base/text.hpp"

namespace lexecon {

ScratchFolder::ScratchFolder(const Path& prefix)
    : path_(prefix.string() + "." + std::to_string(::getpid())) {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
  make_folder(path_, Access::private_to_owner);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void move_to_new_name(const Path& from, const Path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
    if (errno != EEXIST) throw system_error(ErrorCode::io, "rename to", to, errno);
    const std::string name = printable(to.string());
    throw Error(ErrorCode::cannot_create, "`" + name + "` already exists and is not overwritten",
                name);
  }
  sync_folder(to.has_parent_path() ? to.parent_path() : Path("."));
}

}  // namespace lexecon
