#include "ledger/head.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <future>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "chain/note.hpp"
#include "crypto/hash.hpp"

namespace lexecon::ledger {
namespace {

constexpr std::uint64_t max_note_bytes = 65'536;

bool is_there(const Path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

// SECURITY: opened without following a link, for whoever can place one could show an older head. What
// is no file is read as no bytes: they are no checkpoint, so it is told like any other altered head.
std::optional<std::string> read_if_there(const Path& path) {
  if (!is_there(path)) return std::nullopt;
  const Descriptor file = try_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  if (!file.open()) {
    if (errno == ENOENT) return std::nullopt;
    if (errno == ELOOP || errno == ENXIO) return "";
    throw system_error(ErrorCode::io, "open", path, errno);
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw system_error(ErrorCode::io, "read", path, errno);
  if (!S_ISREG(status.st_mode)) return "";
  try {
    return read_descriptor(file.get(), max_note_bytes, path.string());
  } catch (const Error& error) {
    if (error.code() == ErrorCode::bad_input) return "";
    throw;
  }
}

std::uint64_t size_in(const std::string& note, const Path& path) {
  try {
    return chain::parse_checkpoint(chain::parse_note(note)).tree_size;
  } catch (const Error& error) {
    throw Error(ErrorCode::integrity, "the head is no checkpoint: " + error.message(),
                path.string());
  }
}

/// Whether the note is of more entries than the head; one that would go back is refused.
bool is_behind(const Path& path, const std::string& note) {
  const auto present = read_if_there(path);
  if (!present) return true;
  const auto old_size = size_in(*present, path);
  const auto new_size = size_in(note, path);
  if (new_size < old_size) {
    throw Error(ErrorCode::integrity,
                "the head stands at " + std::to_string(old_size) +
                    " entries and would go back to " + std::to_string(new_size),
                path.string());
  }
  // At the same size the note that stands there may carry cosignatures.
  return new_size > old_size;
}

void ensure_folder(const Path& folder) {
  if (std::filesystem::is_directory(folder)) return;
  if (folder.has_parent_path() && folder.parent_path() != folder)
    ensure_folder(folder.parent_path());
  try {
    make_folder(folder, Access::private_to_owner);
  } catch (const Error&) {
    if (!std::filesystem::is_directory(folder)) throw;  // another process was faster
  }
}

// Whether the permissions let the folder be made; what stands in its place is for the attempt to tell.
bool may_be_made(Path folder) {
  std::error_code failed;
  while (!std::filesystem::exists(folder, failed) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  return !std::filesystem::is_directory(folder, failed) ||
         faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

// A copy that stays behind would let the log be set back to it: nothing is recorded beside one.
void require_replaceable(const Path& copy) {
  if (!is_there(copy) || may_be_made(copy.parent_path())) return;
  throw Error(ErrorCode::io, "the user's copy of the head cannot be replaced", copy.string(),
              "nothing was recorded; make its folder writable for this user");
}

// An empty variable is an unset one, and a relative path in it is to be ignored (XDG).
Path folder_in(const char* variable) {
  const char* const value = std::getenv(variable);
  const Path folder = value == nullptr ? "" : value;
  return folder.is_absolute() ? folder : Path();
}

}  // namespace

Path user_head(const Path& state_home, const std::string& origin) {
  return state_home / "heads" / crypto::sha256(origin).hex().substr(0, 32);
}

std::optional<std::string> read_head_note(const NodeFiles& files) {
  return read_if_there(files.head_note());
}

Heads read_heads(const NodeFiles& files, const Path& state_home, const std::string& origin) {
  Heads heads;
  heads.node = read_head_note(files);
  if (!state_home.empty()) heads.user = read_if_there(user_head(state_home, origin));
  return heads;
}

void write_heads(const NodeFiles& files, const Path& state_home, const std::string& origin,
                 const std::string& note) {
  const Path copy = state_home.empty() ? Path() : user_head(state_home, origin);
  if (!copy.empty()) require_replaceable(copy);
  const bool is_node_behind = is_behind(files.head_note(), note);
  const bool has_copy = !copy.empty() && (is_there(copy) || may_be_made(copy.parent_path()));
  // Both are mostly waiting for the disk, which makes them durable in one go when asked at once. But the
  // first comes first: a copy would tell of a log that was never made.
  const auto when = is_there(files.head_note()) ? std::launch::async | std::launch::deferred
                                                : std::launch::deferred;
  std::future<void> copied;
  if (has_copy && is_behind(copy, note)) {
    copied = std::async(when, [&copy, &note] {
      ensure_folder(copy.parent_path());
      replace_file(copy, note, Access::private_to_owner);
    });
  }
  if (is_node_behind) replace_file(files.head_note(), note, Access::as_umask);
  if (copied.valid()) copied.get();
}

Path default_state_home() {
  if (const Path state = folder_in("XDG_STATE_HOME"); !state.empty()) return state / "lexecon";
  const Path home = folder_in("HOME");
  std::error_code failed;
  if (home.empty() || !std::filesystem::is_directory(home, failed)) return {};
  return home / ".local" / "state" / "lexecon";
}

}  // namespace lexecon::ledger
