// Files: read whole with a limit, written whole or not at all, and the lock of a node.
//
// Errors   Error{not_found} for a missing file, Error{cannot_create} when the target exists,
//          Error{busy} for a lock that is held, Error{not_permitted} for open permissions, else
//          Error{io}
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace lexecon {

using Path = std::filesystem::path;

/// The bytes of a regular file; Error{bad_input} above `limit`.
[[nodiscard]] std::string read_file(const Path& path, std::uint64_t limit);
/// The bytes of an open descriptor up to its end; Error{bad_input} above `limit`.
[[nodiscard]] std::string read_descriptor(int descriptor, std::uint64_t limit,
                                          const std::string& name);
/// Like read_file, for secrets: regular, one link, the caller's or root's, closed to all others.
[[nodiscard]] std::string read_private_file(const Path& path, std::uint64_t limit);

enum class Access { private_to_owner, as_umask };  // 0600, or 0666 less the umask

/// Creates the file with O_EXCL, writes, syncs it and its folder; never overwrites.
void write_new_file(const Path& path, std::string_view bytes, Access access);
/// A file, or a pipe such as /dev/fd/63 of `<(…)`, that the caller named: waits until it ends.
[[nodiscard]] std::string read_file_or_pipe(const Path& path, std::uint64_t limit);
/// Replaces the file through a temporary one beside it: write, sync, rename, sync the folder.
void replace_file(const Path& path, std::string_view bytes, Access access);
/// Overwrites the bytes of a secret's file in place and syncs them, then removes it. File systems that copy
/// on write, and disks that move blocks, may keep the old bytes all the same.
void destroy_file(const Path& path);
/// The same, leaving the file, whose bytes are then zeros.
void overwrite_file(const Path& path);
/// Makes one folder, 0700 when private; Error{cannot_create} when it exists.
void make_folder(const Path& path, Access access);
/// fsync(2) of a folder, so that a rename or a new file in it survives power loss.
void sync_folder(const Path& path);
/// NFS, CIFS, 9p, FUSE and their like, where locks and syncs do not hold.
[[nodiscard]] bool is_network_filesystem(const Path& path);
/// The same judged from f_type of statfs(2).
[[nodiscard]] bool is_network_type(std::int64_t type);

/// An exclusive flock(2), held as long as the object lives.
class FileLock {
 public:
  /// Creates the file when absent; waits up to `patience`, then Error{busy} with the holder's pid.
  FileLock(const Path& path, std::chrono::milliseconds patience);
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace lexecon
