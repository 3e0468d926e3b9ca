#include "oversight/evidence_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <utility>

#include "base/descriptor.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "crypto/hash.hpp"

namespace lexecon::oversight {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view incoming_prefix = "new.";
constexpr std::size_t incoming_digits = 16;

std::string first_digits(const Hash& sha256) { return sha256.hex().substr(0, 2); }

/// A folder of ours, made when nothing stands there; a link to one is none.
void require_folder(const Path& path) {
  std::error_code failed;
  const auto status = fs::symlink_status(path, failed);
  if (!fs::exists(status)) {
    try {
      make_folder(path, Access::private_to_owner);
    } catch (const Error&) {
      // Another process may have made it since.
      if (!fs::is_directory(fs::symlink_status(path, failed))) throw;
    }
  } else if (!fs::is_directory(status)) {
    const std::string name = printable(path.string());
    throw Error(ErrorCode::integrity, "expected a folder, `" + name + "` is something else", name,
                "nothing was recorded; run lexecon evidence verify");
  }
  sync_folder(path.parent_path());
}

[[noreturn]] void refuse_bytes(const Path& path, const std::string& what) {
  throw Error(ErrorCode::integrity, "the file of this evidence " + what, printable(path.string()),
              "adding the right bytes again puts it right; a backup of the folder may have them");
}

std::optional<std::string> permissions_problem(const fs::file_status& status) {
  const auto foreign = fs::perms::group_all | fs::perms::others_all;
  if ((status.permissions() & foreign) == fs::perms::none) return std::nullopt;
  return "open to group or others";
}

class Scan {
 public:
  explicit Scan(const Path& folder) : folder_(folder) {}

  FoundFiles run() {
    const auto status = fs::symlink_status(folder_);
    if (!fs::exists(status)) return {};
    if (!is_own_folder(folder_, status)) return std::move(found_);
    for (const auto& each : fs::directory_iterator(folder_)) top(each);
    const auto by_path = [](const Stray& left, const Stray& right) {
      return left.path < right.path;
    };
    std::sort(found_.strays.begin(), found_.strays.end(), by_path);
    std::sort(found_.files.begin(), found_.files.end());
    return std::move(found_);
  }

 private:
  void add(const Path& path, const std::string& what, bool harmless = false) {
    const auto below = path.lexically_relative(folder_.parent_path());
    found_.strays.push_back({below.string(), what, harmless});
  }

  bool is_own_folder(const Path& path, const fs::file_status& status) {
    if (!fs::is_directory(status)) {
      add(path, fs::is_symlink(status) ? "a symbolic link" : "no folder");
      return false;
    }
    if (const auto problem = permissions_problem(status)) add(path, *problem);
    return true;
  }

  bool is_own_file(const Path& path, const fs::file_status& status) {
    if (!fs::is_regular_file(status)) {
      add(path, fs::is_symlink(status) ? "a symbolic link" : "no regular file");
      return false;
    }
    if (const auto problem = permissions_problem(status)) add(path, *problem);
    return true;
  }

  void top(const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    const auto status = entry.symlink_status();
    if (name.starts_with(incoming_prefix) &&
        is_hex(name.substr(incoming_prefix.size()), incoming_digits)) {
      if (is_own_file(entry.path(), status)) add(entry.path(), "a copy that did not end", true);
    } else if (!is_hex(name, 2)) {
      add(entry.path(), "not put there by lexecon");
    } else if (is_own_folder(entry.path(), status)) {
      for (const auto& each : fs::directory_iterator(entry.path())) file(each, name);
    }
  }

  void file(const fs::directory_entry& entry, const std::string& digits) {
    const auto hash = hash_from_hex(entry.path().filename().string());
    if (!hash || first_digits(*hash) != digits) {
      add(entry.path(), "not put there by lexecon");
    } else if (is_own_file(entry.path(), entry.symlink_status())) {
      found_.files.push_back(*hash);
    }
  }

  Path folder_;
  FoundFiles found_;
};

}  // namespace

IncomingFile::IncomingFile(Path folder, int input, const std::string& name, Entropy& entropy)
    : folder_(std::move(folder)) {
  require_folder(folder_);
  path_ = folder_ / (std::string(incoming_prefix) + to_hex(entropy.bytes(incoming_digits / 2)));
  try {
    take(input, name);
  } catch (...) {
    ::unlink(path_.c_str());
    throw;
  }
}

IncomingFile::~IncomingFile() {
  if (!placed_) ::unlink(path_.c_str());
}

void IncomingFile::take(int input, const std::string& name) {
  const std::string shown = printable(name);
  const Descriptor file = try_open(path_, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (!file.open()) throw system_error(ErrorCode::io, "create", path_, errno);
  crypto::Sha256 digest;
  each_piece(input, name, [&](std::string_view piece) {
    size_ += piece.size();
    if (size_ > max_evidence_bytes) {
      throw Error(ErrorCode::bad_input,
                  "`" + shown + "` is larger than " + std::to_string(max_evidence_bytes) + " bytes",
                  shown, "keep it elsewhere, and add what proves it: its digest, signed");
    }
    digest.update(piece);
    write_all(file.get(), piece, path_);
  });
  if (size_ == 0) {
    throw Error(ErrorCode::bad_input, "`" + shown + "` is empty, expected at least one byte",
                shown);
  }
  sha256_ = digest.finish();
  sync_descriptor(file.get(), path_);
}

void IncomingFile::put_in_place() {
  const Path target = evidence_path(folder_, sha256_);
  require_folder(target.parent_path());
  if (::rename(path_.c_str(), target.c_str()) != 0) {
    throw system_error(ErrorCode::io, "rename to", target, errno);
  }
  placed_ = true;
  sync_folder(target.parent_path());
}

Path evidence_path(const Path& folder, const Hash& sha256) {
  return folder / first_digits(sha256) / sha256.hex();
}

void read_evidence(const Path& folder, const Hash& sha256, std::uint64_t size,
                   const std::function<void(std::string_view)>& take) {
  const Path path = evidence_path(folder, sha256);
  const Descriptor file = [&path] {
    try {
      return open_regular(path);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::not_found) refuse_bytes(path, "is missing");
      if (error.code() == ErrorCode::bad_input) refuse_bytes(path, "is no regular file");
      throw;
    }
  }();
  crypto::Sha256 digest;
  std::uint64_t seen = 0;
  each_piece(file.get(), path, [&](std::string_view piece) {
    seen += piece.size();
    if (seen > size) refuse_bytes(path, "is longer than " + std::to_string(size) + " bytes");
    digest.update(piece);
    take(piece);
  });
  if (seen < size) {
    refuse_bytes(path, "has " + std::to_string(seen) + " of " + std::to_string(size) + " bytes");
  }
  if (digest.finish() != sha256) refuse_bytes(path, "has other bytes than were added");
}

FoundFiles scan_evidence(const Path& folder) { return Scan(folder).run(); }

}  // namespace lexecon::oversight
