#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <vector>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "crypto/versions.hpp"
#include "service/doctor_checks.hpp"
#include "service/erasing.hpp"
#include "store/file_header.hpp"
#include "store/schema.hpp"

namespace lexecon::service {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
constexpr std::uint64_t scarce_bytes = 256 * mebibyte;
constexpr std::uint64_t needed_bytes = 4 * mebibyte;  // a decision, its journal, the head beside it

std::optional<struct stat> entry_at(const Path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

struct stat folder_status(const Patient& patient) {
  const auto status = entry_at(patient.files.folder / ".");  // the folder, also behind a link
  if (!status) throw system_error(ErrorCode::io, "examine", patient.files.folder, errno);
  return *status;
}

std::string command(const std::string& words, const std::vector<Path>& paths) {
  std::string out = words + " --";
  for (const auto& path : paths) out += " " + shell_quote(path.string());
  return out;
}

std::string names(const std::vector<Path>& paths) {
  std::vector<std::string> out;
  for (const auto& path : paths) out.push_back(path.filename().string());
  return join(out, ", ");
}

bool opens_to_others(mode_t mode) { return (mode & (S_IRWXG | S_IRWXO)) != 0; }
bool others_may_write(mode_t mode) { return (mode & (S_IWGRP | S_IWOTH)) != 0; }

/// True while a process of this name, `….<pid>`, lives.
bool has_living_writer(const std::string& name) {
  const auto pid = parse_integer(name.substr(name.rfind('.') + 1));
  return pid && *pid > 0 && (::kill(static_cast<pid_t>(*pid), 0) == 0 || errno == EPERM);
}

void add_leftovers(const Path& folder, std::vector<Path>& found) {
  std::error_code failed;
  fs::directory_iterator entry(folder, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    const auto name = entry->path().filename().string();
    const bool is_copy = name.starts_with("recover.") || name.starts_with("restore.");
    const bool is_scratch = name.find(".new.") != std::string::npos ||
                            (is_copy && parse_integer(name.substr(name.find('.') + 1)));
    if (!is_scratch || has_living_writer(name)) continue;
    found.push_back(entry->path());
  }
}

void add_scaffolds(const Path& node, std::vector<Path>& found) {
  const auto prefix = "." + node.filename().string() + ".init-";
  std::error_code failed;
  fs::directory_iterator entry(node.parent_path(), failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    if (entry->path().filename().string().starts_with(prefix)) found.push_back(entry->path());
  }
}

/// A writer holds it from before its journal is made until after it is gone.
bool is_being_written(const Descriptor& lock) {
  return lock.open() && ::flock(lock.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

Path nearest_existing(Path path) {
  while (!entry_at(path) && path.has_relative_path()) path = path.parent_path();
  return path;
}

}  // namespace

Seen look_at_folder(const Patient& patient) {
  const auto& folder = patient.files.folder;
  const auto status = folder_status(patient);
  if (others_may_write(status.st_mode)) {
    return {Health::fail, "others may write to the folder, and so replace the ledger",
            command("chmod go-w", {folder})};
  }
  if (status.st_uid != ::geteuid()) {
    return {Health::warn,
            "the folder belongs to user " + std::to_string(status.st_uid) + ", not to this one",
            "sudo -u '#" + std::to_string(status.st_uid) + "' lexecon doctor --node " +
                shell_quote(folder.string())};
  }
  return {Health::ok, "belongs to this user, and nobody else may write to it"};
}

Seen look_at_files(const Patient& patient) {
  const auto& files = patient.files;
  const auto folder = folder_status(patient);
  std::vector<Path> odd;
  std::vector<Path> foreign;
  std::vector<Path> open;
  for (const auto& path : {files.database(), files.head_note(), files.lock()}) {
    const auto status = entry_at(path);
    if (!status) continue;  // `database` and `heads` miss them
    if (!S_ISREG(status->st_mode) || status->st_nlink != 1) odd.push_back(path);
    if (status->st_uid != folder.st_uid) foreign.push_back(path);
    // What stands in a folder that is closed to others cannot be reached.
    if (others_may_write(status->st_mode) && opens_to_others(folder.st_mode)) open.push_back(path);
  }
  if (!odd.empty()) {
    return {Health::fail, "expected files of one name each: " + names(odd), command("ls -l", odd)};
  }
  if (!foreign.empty()) {
    return {Health::fail, "belong to somebody else than the folder: " + names(foreign),
            command("chown " + std::to_string(folder.st_uid), foreign)};
  }
  if (!open.empty()) {
    return {Health::fail, "others may write to " + names(open), command("chmod go-w", open)};
  }
  return {Health::ok, "the ledger and its head belong to the folder's owner alone"};
}

Seen look_at_private_keys(const Patient& patient) {
  const auto& files = patient.files;
  const auto owner = folder_status(patient).st_uid;
  const auto folder = entry_at(files.keys());
  if (folder && opens_to_others(folder->st_mode)) {
    return {Health::fail, "the folder of the keys is open to others",
            command("chmod go-rwx", {files.keys()})};
  }
  std::vector<Path> missing;
  for (const auto& path : {files.ledger_key(), files.token_key(), files.witness_key()}) {
    const auto status = entry_at(path);
    const auto name = path.filename().string();
    if (!status) {
      // Only a node that cosigned has that one.
      if (path != files.witness_key()) missing.push_back(path);
    } else if (!S_ISREG(status->st_mode) || status->st_nlink != 1) {
      return {Health::fail, name + " is no file of one name", command("ls -l", {path})};
    } else if (opens_to_others(status->st_mode)) {
      return {Health::fail, name + " is open to others", command("chmod go-rwx", {path})};
    } else if (status->st_uid != owner) {
      return {Health::fail, name + " belongs to somebody else than the folder",
              command("chown " + std::to_string(owner), {path})};
    }
  }
  if (missing.empty()) return {Health::ok, "closed to everybody but their owner"};
  return {Health::warn, "this node can be read, not written: without " + names(missing)};
}

Seen look_at_file_system(const Patient& patient) {
  if (!is_network_filesystem(patient.files.folder)) return {Health::ok, "local"};
  return {Health::fail, "a network file system, on which locks and syncs may not hold"};
}

Seen judge_room(const Room& room, const Path& folder) {
  const auto mend = "df -h " + shell_quote(folder.string());
  const auto free = std::to_string(room.bytes / mebibyte) + " MiB free";
  if (room.read_only) return {Health::warn, "mounted read-only: readable, nothing is recorded"};
  if (!room.has_inodes) return {Health::fail, "no file can be made: no inode is free", mend};
  if (room.bytes < needed_bytes) return {Health::fail, free + ", too little to decide", mend};
  if (room.bytes < scarce_bytes) return {Health::warn, free, mend};
  return {Health::ok, free};
}

Seen look_at_room(const Patient& patient) {
  struct statvfs status {};
  if (::statvfs(patient.files.folder.c_str(), &status) != 0) {
    throw system_error(ErrorCode::io, "examine", patient.files.folder, errno);
  }
  // Some file systems count no inodes at all.
  const Room room{.bytes = std::uint64_t{status.f_bavail} * status.f_frsize,
                  .has_inodes = status.f_favail > 0 || status.f_files == 0,
                  .read_only = (status.f_flag & ST_RDONLY) != 0};
  return judge_room(room, patient.files.folder);
}

Seen look_for_leftovers(const Patient& patient) {
  const auto& files = patient.files;
  std::vector<Path> found;
  for (const auto& folder : {files.folder, files.keys(), files.policies(), files.cache()}) {
    add_leftovers(folder, found);
  }
  add_scaffolds(files.folder, found);
  if (is_erasing(files)) {
    return {
        Health::warn,
        "an erasure did not end: what it erased may stand in files until the next act on record"};
  }
  if (found.empty()) return {Health::ok, "nothing that a crash left half written"};
  return {Health::warn, "left half written by a crash: " + names(found), command("rm -r", found)};
}

Seen look_at_state_home(const Patient& patient) {
  const auto& home = patient.state_home;
  if (home.empty()) {
    return {Health::warn,
            "neither XDG_STATE_HOME nor HOME is a folder: no second copy of the head is kept"};
  }
  const auto there = nearest_existing(home / "heads");
  std::error_code failed;
  if (!fs::is_directory(there, failed)) {
    return {Health::fail, there.string() + " stands where a folder should be",
            command("ls -l", {there})};
  }
  if (::faccessat(AT_FDCWD, there.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    return {Health::warn, "no second copy of the head can be kept: " + there.string(),
            command("chmod u+rwx", {there})};
  }
  return {Health::ok, home.string() + " keeps a second copy of the head"};
}

Seen look_at_libraries(const Patient&) {
  const auto said = "SQLite " + store::library_version() + ", " + crypto::library_versions();
  if (store::is_library_as_built()) return {Health::ok, said};
  return {Health::warn, said + "; the program was built with another SQLite"};
}

Seen look_at_database(const Patient& patient) {
  const auto path = patient.files.database();
  const auto header = store::read_header(path);
  if (!header || header->application_id != store::application_id) {
    return {Health::fail, "ledger.db is no ledger of lexecon", command("ls -l", {path})};
  }
  if (header->user_version != store::schema_version) {
    return {Health::fail, "ledger.db has schema " + std::to_string(header->user_version) +
                              ", this program knows " + std::to_string(store::schema_version)};
  }
  if (header->uses_wal) {
    return {Health::fail, "another program switched the journal mode of ledger.db to WAL",
            "sqlite3 " + shell_quote(path.string()) + " 'PRAGMA journal_mode=DELETE'"};
  }
  return {Health::ok, "schema " + std::to_string(header->user_version) + ", rollback journal"};
}

Seen look_for_journal(const Patient& patient) {
  // Shared, so that no writer begins while the journal is looked at.
  const Descriptor lock = try_open(patient.files.lock(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  if (is_being_written(lock)) return {Health::ok, "another process is writing now"};
  if (!store::has_journal(patient.files.database())) return {Health::ok, "none is pending"};
  return {Health::fail, "a crash left a journal, which the next command rolls back",
          "lexecon status --node " + shell_quote(patient.files.folder.string())};
}

}  // namespace lexecon::service
