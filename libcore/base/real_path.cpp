#include "base/real_path.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <string>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace lexecon {
namespace {

constexpr int max_links = 40;  // as the kernel has it

std::deque<std::string> parts_of(const Path& path) {
  std::deque<std::string> parts;
  for (const auto& part : path.relative_path()) parts.push_back(part.string());
  return parts;
}

bool is_link(const std::string& path) {
  struct stat entry {};
  if (lstat(path.c_str(), &entry) == 0) return S_ISLNK(entry.st_mode);
  if (errno == ENOENT || errno == ENOTDIR) return false;
  throw system_error(ErrorCode::io, "look at", path, errno);
}

/// SECURITY: /proc/self is this process here and another one for whoever opens the file later.
bool is_of_proc(const std::string& path) { return path == "/proc" || path.starts_with("/proc/"); }

Path walk(const Path& path) {
  auto parts = parts_of(path);
  std::string at;  // empty for the root
  int links = 0;
  while (!parts.empty()) {
    const auto part = std::move(parts.front());
    parts.pop_front();
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      at.erase(std::min(at.rfind('/'), at.size()));
      continue;
    }
    const auto next = at + "/" + part;
    if (is_of_proc(next) || !is_link(next)) {
      at = next;
      continue;
    }
    if (++links > max_links) {
      throw Error(ErrorCode::bad_input, "expected at most 40 symbolic links on the way", next);
    }
    std::error_code failed;
    const auto target = std::filesystem::read_symlink(next, failed);
    if (failed) throw system_error(ErrorCode::io, "follow", next, failed.value());
    auto rest = parts_of(target);
    parts.insert(parts.begin(), rest.begin(), rest.end());
    if (target.is_absolute()) at.clear();
  }
  return at.empty() ? "/" : at;
}

}  // namespace

Path real_path(const Path& path) {
  if (!path.is_absolute() || path.native().find('\0') != std::string::npos) {
    throw Error(ErrorCode::bad_input, "expected an absolute path without NUL",
                printable(path.string()));
  }
  auto out = walk(path);
  const auto parts = parts_of(path);
  // SECURITY: some hosts drop `..` from the text before they open the file, the kernel does not.
  if (std::find(parts.begin(), parts.end(), "..") != parts.end() &&
      walk(path.lexically_normal()) != out) {
    throw Error(ErrorCode::bad_input, "`..` after a symbolic link can be read in two ways",
                printable(path.string()), "name the file by a path without `..`");
  }
  return out;
}

}  // namespace lexecon
