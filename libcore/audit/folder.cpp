#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "audit/container.hpp"
#include "base/descriptor.hpp"
#include "base/text.hpp"
#include "package/names.hpp"

namespace lexecon::audit {
namespace {

constexpr int most_depth = 17;

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw Error(ErrorCode::integrity, "`" + printable(name) + "` " + what);
}

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

class File final : public MemberFile {
 public:
  File(Descriptor file, std::string name, std::uint64_t size)
      : file_(std::move(file)), name_(std::move(name)), size_(size) {}

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<char> buffer) const override {
    const auto left = offset < size_ ? size_ - offset : 0;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()));
    for (std::size_t done = 0; done < wanted;) {
      const auto got = ::pread(file_.get(), buffer.data() + done, wanted - done,
                               static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw system_error(ErrorCode::io, "read", name_, errno);
      if (got == 0) refuse(name_, "became shorter while it was read");
      done += static_cast<std::size_t>(got);
    }
    return wanted;
  }

 private:
  Descriptor file_;
  std::string name_;
  std::uint64_t size_;
};

/// SECURITY: each part of a name is opened by itself and no link is followed, so nothing outside the
/// folder is read, whatever is changed meanwhile.
class Folder final : public Container {
 public:
  explicit Folder(const Path& path) : top_(try_open(path, O_RDONLY | O_DIRECTORY)) {
    if (!top_.open()) throw system_error(ErrorCode::io, "open", path, errno);
    scan(top_.get(), "", 0);
    std::sort(members_.begin(), members_.end(),
              [](const Member& left, const Member& right) { return left.name < right.name; });
  }

  [[nodiscard]] std::unique_ptr<MemberFile> open(const Member& member) const override {
    auto parts = split(member.name, '/');
    const auto last = std::move(parts.back());
    parts.pop_back();
    std::vector<Descriptor> folders;
    const auto folder = [&] { return folders.empty() ? top_.get() : folders.back().get(); };
    for (const auto& part : parts) {
      folders.emplace_back(open_below(folder(), part, O_DIRECTORY));
    }
    Descriptor file(open_below(folder(), last, O_NONBLOCK));
    struct stat now {};
    if (!file.open() || ::fstat(file.get(), &now) != 0 || !S_ISREG(now.st_mode) ||
        static_cast<std::uint64_t>(now.st_size) != member.size) {
      refuse(member.name, "changed while it was read");
    }
    return std::make_unique<File>(std::move(file), member.name, member.size);
  }

 private:
  static int open_below(int folder, const std::string& name, int flags) {
    return ::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);
  }

  void scan(int folder, const std::string& before, int depth) {
    if (depth > most_depth) refuse(before, "is too deep");
    const std::unique_ptr<DIR, CloseFolder> names(
        ::fdopendir(open_below(folder, ".", O_DIRECTORY)));
    if (!names) throw system_error(ErrorCode::io, "open", before, errno);
    bool is_empty = true;
    while (const auto* const each = ::readdir(names.get())) {
      const std::string name = each->d_name;
      if (name == "." || name == "..") continue;
      is_empty = false;
      add(folder, before, name, depth);
    }
    if (is_empty && depth > 0) refuse(before, "is an empty folder");
  }

  void add(int folder, const std::string& before, const std::string& name, int depth) {
    const std::string whole = before + name;
    struct stat found {};
    if (::fstatat(folder, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) {
      throw system_error(ErrorCode::io, "look at", whole, errno);
    }
    if (S_ISDIR(found.st_mode)) {
      const Descriptor below(open_below(folder, name, O_DIRECTORY));
      if (!below.open()) throw system_error(ErrorCode::io, "open", whole, errno);
      return scan(below.get(), whole + "/", depth + 1);
    }
    if (!S_ISREG(found.st_mode)) refuse(whole, "is no regular file");
    if (found.st_nlink > 1) refuse(whole, "has another name elsewhere, a hard link");
    if (members_.size() == package::most_files)
      refuse(whole, "is one file more than a package may have");
    members_.push_back({.name = whole, .size = static_cast<std::uint64_t>(found.st_size)});
  }

  Descriptor top_;
};

}  // namespace

std::unique_ptr<Container> open_folder(const Path& path) { return std::make_unique<Folder>(path); }

}  // namespace lexecon::audit
