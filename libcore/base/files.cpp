#include "base/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/descriptor.hpp"
#include "base/text.hpp"

namespace lexecon {
namespace {

Error open_error(const Path& path, int number) {
  if (number == ENOENT || number == ENOTDIR) {
    const std::string name = printable(path.string());
    return {ErrorCode::not_found, "`" + name + "` does not exist", name};
  }
  return system_error(ErrorCode::io, "open", path, number);
}

Error create_error(const Path& path, int number) {
  if (number == EEXIST) {
    const std::string name = printable(path.string());
    return {ErrorCode::cannot_create, "`" + name + "` already exists and is not overwritten", name};
  }
  const bool full = number == ENOSPC || number == EDQUOT || number == EIO;
  return system_error(full ? ErrorCode::io : ErrorCode::cannot_create, "create", path, number);
}

unsigned file_mode(Access access) { return access == Access::private_to_owner ? 0600U : 0666U; }

Path folder_of(const Path& path) { return path.has_parent_path() ? path.parent_path() : Path("."); }

struct stat status_of(int descriptor, const Path& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw system_error(ErrorCode::io, "read", path, errno);
  return status;
}

void require_regular(const struct stat& status, const Path& path) {
  if (S_ISREG(status.st_mode)) return;
  const std::string name = printable(path.string());
  throw Error(ErrorCode::bad_input, "`" + name + "` is not a regular file", name);
}

/// Creates `path`, fills it and makes it durable; removes it again when that fails.
void create_synced(const Path& path, std::string_view bytes, Access access) {
  const Descriptor file =
      try_open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, file_mode(access));
  if (!file.open()) throw create_error(path, errno);
  try {
    write_all(file.get(), bytes, path);
    sync_descriptor(file.get(), path);
  } catch (const Error&) {
    ::unlink(path.c_str());
    throw;
  }
}

/// Why `status` is no secret's, and the command that mends it; nothing when it is fine.
struct Objection {
  std::string message;
  std::string hint;
};

std::optional<Objection> object_to(const struct stat& status, const std::string& name) {
  const std::string quoted = "`" + name + "`";
  if (!S_ISREG(status.st_mode)) return Objection{quoted + " is not a regular file", {}};
  const uid_t self = ::geteuid();
  if (status.st_uid != self && status.st_uid != 0) {
    return Objection{quoted + " belongs to another user",
                     "chown " + std::to_string(self) + " " + shell_quote(name)};
  }
  if ((status.st_mode & 077U) != 0) {
    return Objection{quoted + " is open to group or others", "chmod 600 " + shell_quote(name)};
  }
  if (status.st_nlink != 1) {
    return Objection{quoted + " has more than one name (hard link)",
                     "copy it to a new file and remove both names"};
  }
  return std::nullopt;
}

}  // namespace

std::string read_descriptor(int descriptor, std::uint64_t limit, const std::string& name) {
  std::string out;
  each_piece(descriptor, name, [&](std::string_view piece) {
    out.append(piece);
    if (out.size() <= limit) return;
    const std::string shown = printable(name);
    throw Error(ErrorCode::bad_input,
                "`" + shown + "` is larger than " + std::to_string(limit) + " bytes", shown);
  });
  return out;
}

std::string read_file(const Path& path, std::uint64_t limit) {
  // O_NONBLOCK: a FIFO in the place of a file would otherwise block before it is refused.
  const Descriptor file = try_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file.open()) throw open_error(path, errno);
  require_regular(status_of(file.get(), path), path);
  return read_descriptor(file.get(), limit, path.string());
}

std::string read_file_or_pipe(const Path& path, std::uint64_t limit) {
  const Descriptor file = try_open(path, O_RDONLY | O_NOCTTY);
  if (!file.open()) throw open_error(path, errno);
  const auto status = status_of(file.get(), path);
  if (!S_ISFIFO(status.st_mode)) require_regular(status, path);
  return read_descriptor(file.get(), limit, path.string());
}

std::string read_private_file(const Path& path, std::uint64_t limit) {
  const Descriptor file = try_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  const std::string name = printable(path.string());
  if (!file.open()) {
    if (errno == ELOOP) {
      throw Error(ErrorCode::not_permitted, "`" + name + "` is a symbolic link", name,
                  "name the file itself");
    }
    if (errno == EACCES) throw system_error(ErrorCode::not_permitted, "open", path, errno);
    throw open_error(path, errno);
  }
  // SECURITY: judged on the open descriptor, so that nobody can swap the file in between.
  if (const auto objection = object_to(status_of(file.get(), path), path.string())) {
    throw Error(ErrorCode::not_permitted, printable(objection->message), name,
                printable(objection->hint));
  }
  return read_descriptor(file.get(), limit, path.string());
}

void write_new_file(const Path& path, std::string_view bytes, Access access) {
  create_synced(path, bytes, access);
  try {
    sync_folder(folder_of(path));
  } catch (const Error&) {
    ::unlink(path.c_str());
    throw;
  }
}

void replace_file(const Path& path, std::string_view bytes, Access access) {
  const Path temporary = path.string() + ".new." + std::to_string(::getpid());
  // A crash may have left this name behind; its process is gone, for we have its id.
  ::unlink(temporary.c_str());
  create_synced(temporary, bytes, access);
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const int number = errno;
    ::unlink(temporary.c_str());
    throw create_error(path, number);
  }
  sync_folder(folder_of(path));
}

void overwrite_file(const Path& path) {
  const Descriptor file = try_open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!file.open()) throw open_error(path, errno);
  const struct stat status = status_of(file.get(), path);
  require_regular(status, path);
  write_all(file.get(), std::string(static_cast<std::size_t>(status.st_size), '\0'), path);
  sync_descriptor(file.get(), path);
}

void destroy_file(const Path& path) {
  overwrite_file(path);
  if (::unlink(path.c_str()) != 0) throw system_error(ErrorCode::io, "remove", path, errno);
  sync_folder(folder_of(path));
}

void make_folder(const Path& path, Access access) {
  const mode_t mode = access == Access::private_to_owner ? 0700 : 0777;
  if (::mkdir(path.c_str(), mode) != 0) throw create_error(path, errno);
}

void sync_folder(const Path& path) {
  const Descriptor folder = try_open(path, O_RDONLY | O_DIRECTORY);
  if (!folder.open()) throw open_error(path, errno);
  sync_descriptor(folder.get(), path);
}

}  // namespace lexecon
