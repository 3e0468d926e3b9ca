// Files on their way: a folder beside the place they go to, and the last step, which never overwrites.
//
// Errors   those of base/files.hpp
#pragma once

#include "base/files.hpp"

namespace lexecon {

/// A new folder, private, that goes with all that is in it when the object does.
class ScratchFolder {
 public:
  /// "<prefix>.<process>"; one of that name is of a process that is gone, and is removed.
  explicit ScratchFolder(const Path& prefix);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const Path& path() const { return path_; }

 private:
  Path path_;
};

/// Renames to a name that nothing has, else Error{cannot_create}, and syncs that folder.
void move_to_new_name(const Path& from, const Path& to);

}  // namespace lexecon
