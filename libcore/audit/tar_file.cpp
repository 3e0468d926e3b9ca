#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "audit/container.hpp"
#include "base/descriptor.hpp"
#include "base/text.hpp"
#include "package/names.hpp"
#include "package/tar.hpp"

namespace lexecon::audit {
namespace {

constexpr std::int64_t second = 1'000'000;

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::integrity, "the tar is not as lexecon export writes it: " + what);
}

/// Reads so many bytes at a place of the file; fewer only at its end.
std::size_t read_at(int file, std::uint64_t place, std::span<char> buffer) {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const auto got =
        ::pread(file, buffer.data() + done, buffer.size() - done, static_cast<off_t>(place + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw system_error(ErrorCode::io, "read", "the tar", errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

class Part final : public MemberFile {
 public:
  Part(int file, const Member& member) : file_(file), place_(member.place), size_(member.size) {}

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<char> buffer) const override {
    const auto left = offset < size_ ? size_ - offset : 0;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()));
    if (read_at(file_, place_ + offset, buffer.first(wanted)) != wanted) {
      refuse("it became shorter while it was read");
    }
    return wanted;
  }

 private:
  int file_;
  std::uint64_t place_;
  std::uint64_t size_;
};

/// What a field of text holds, up to its first NUL.
std::string text_of(std::string_view header, std::size_t at, std::size_t width) {
  const auto field = header.substr(at, width);
  return std::string(field.substr(0, field.find('\0')));
}

/// Nothing for digits that are none; what follows them is held against the header made again.
std::uint64_t number_of(std::string_view header, std::size_t at, std::size_t width) {
  std::uint64_t out = 0;
  for (const char c : header.substr(at, width - 1)) {
    if (c < '0' || c > '7') refuse("a number is not in octal digits");
    out = out << 3U | static_cast<std::uint64_t>(c - '0');
  }
  return out;
}

/// SECURITY: every header is made again from what it says and compared, so there is one tar of a package.
class Tar final : public Container {
 public:
  explicit Tar(const Path& path) : file_(open_regular(path)) {
    struct stat found {};
    if (::fstat(file_.get(), &found) != 0)
      throw system_error(ErrorCode::io, "look at", path, errno);
    size_ = static_cast<std::uint64_t>(found.st_size);
    if (size_ == 0) return;  // of nothing, nothing can be said
    std::uint64_t place = 0;
    while (!at_end(place)) place = take(place);
    require_folders();
    finish(place);
  }

  [[nodiscard]] std::unique_ptr<MemberFile> open(const Member& member) const override {
    return std::make_unique<Part>(file_.get(), member);
  }

 private:
  using Block = std::array<char, package::tar_block>;

  [[nodiscard]] Block block_at(std::uint64_t place) const {
    Block block{};
    if (read_at(file_.get(), place, block) != block.size()) refuse("it is cut");
    return block;
  }

  [[nodiscard]] bool at_end(std::uint64_t place) const {
    const auto block = block_at(place);
    return std::all_of(block.begin(), block.end(), [](char c) { return c == '\0'; });
  }

  /// One member with its padding; the place behind it.
  std::uint64_t take(std::uint64_t place) {
    const auto block = block_at(place);
    const std::string_view header(block.data(), block.size());
    const auto prefix = text_of(header, 345, 155);
    const auto path =
        prefix.empty() ? text_of(header, 0, 100) : prefix + "/" + text_of(header, 0, 100);
    const auto size = number_of(header, 124, 12);
    const Timestamp modified{static_cast<std::int64_t>(number_of(header, 136, 12)) * second};
    if (path.empty() || size > size_ || package::tar_header(path, size, modified) != header) {
      refuse("the header of `" + printable(path) + "`");
    }
    if (path <= last_) refuse("`" + printable(path) + "` is out of order");
    last_ = path;
    if (!label_) {
      if (path.find('/') != path.size() - 1) refuse("it has no folder on top");
      label_ = Label{.top = path.substr(0, path.size() - 1), .modified = modified};
      return place + package::tar_block;
    }
    return take_below_top(path, size, modified, place + package::tar_block);
  }

  std::uint64_t take_below_top(const std::string& path, std::uint64_t size, Timestamp modified,
                               std::uint64_t place) {
    if (!path.starts_with(label_->top + "/")) refuse("`" + printable(path) + "` is outside");
    if (modified != label_->modified) refuse("`" + printable(path) + "` has another time");
    const auto name = path.substr(label_->top.size() + 1);
    if (members_.size() + folders_.size() == package::most_files) refuse("it has too many members");
    if (name.ends_with('/')) {
      if (size != 0) refuse("the folder `" + printable(path) + "` has a size");
      folders_.push_back(name);
      return place;
    }
    members_.push_back({.name = name, .size = size, .place = place});
    const auto padding = package::tar_padding(size);
    std::string found(padding.size(), '\0');
    if (read_at(file_.get(), place + size, found) != found.size() || found != padding) {
      refuse("what follows `" + printable(path) + "`");
    }
    return place + size + padding.size();
  }

  /// Each folder of a file is a member before it, and no other is.
  void require_folders() {
    std::vector<std::string> expected;
    for (const auto& member : members_) {
      for (auto slash = member.name.find('/'); slash != std::string::npos;
           slash = member.name.find('/', slash + 1)) {
        expected.push_back(member.name.substr(0, slash + 1));
      }
    }
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    if (expected != folders_) refuse("its folders are not those of its files");
    folders_.clear();
  }

  void finish(std::uint64_t place) const {
    if (!label_ || !at_end(place + package::tar_block) || size_ != place + package::tar_end_bytes) {
      refuse("its end");
    }
  }

  Descriptor file_;
  std::uint64_t size_ = 0;
  std::string last_;
  std::vector<std::string> folders_;  // while they are read
};

}  // namespace

std::unique_ptr<Container> open_tar(const Path& path) { return std::make_unique<Tar>(path); }

}  // namespace lexecon::audit
