#include "ledger/head.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

#include "base/error.hpp"
#include "chain/note.hpp"
#include "crypto/hash.hpp"

namespace lexecon::ledger {
namespace {

constexpr std::uint64_t max_note_bytes = 65'536;

std::optional<std::string> read_if_there(const Path& path) {
  std::error_code failed;
  const auto status = std::filesystem::symlink_status(path, failed);
  if (status.type() == std::filesystem::file_type::not_found) return std::nullopt;
  return read_file(path, max_note_bytes);
}

std::uint64_t size_in(const std::string& note, const Path& path) {
  try {
    return chain::parse_checkpoint(chain::parse_note(note)).tree_size;
  } catch (const Error& error) {
    throw Error(ErrorCode::integrity, "the head is no checkpoint: " + error.message(),
                path.string());
  }
}

void write_head(const Path& path, const std::string& note, Access access) {
  if (const auto present = read_if_there(path)) {
    const auto old_size = size_in(*present, path);
    const auto new_size = size_in(note, path);
    // At the same size the note that stands there may carry cosignatures.
    if (new_size == old_size) return;
    if (new_size < old_size) {
      throw Error(ErrorCode::integrity,
                  "the head stands at " + std::to_string(old_size) +
                      " entries and would go back to " + std::to_string(new_size),
                  path.string());
    }
  }
  replace_file(path, note, access);
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

bool can_be_made(Path folder) {
  while (!std::filesystem::exists(folder) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  return faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
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
  write_head(files.head_note(), note, Access::as_umask);
  if (state_home.empty()) return;
  const Path copy = user_head(state_home, origin);
  ensure_folder(copy.parent_path());
  write_head(copy, note, Access::private_to_owner);
}

Path default_state_home() {
  if (const Path state = folder_in("XDG_STATE_HOME"); !state.empty()) {
    return can_be_made(state / "lexecon") ? state / "lexecon" : Path();
  }
  const Path home = folder_in("HOME");
  if (home.empty() || !std::filesystem::is_directory(home)) return {};
  const Path state = home / ".local" / "state" / "lexecon";
  return can_be_made(state) ? state : Path();
}

}  // namespace lexecon::ledger
