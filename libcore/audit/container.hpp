// The files of a package where they lie: a folder, or a tar that is never unpacked.
//
// Shapes   names as in the package, without the folder on top, in byte order
// Units    at most 100,000 files, 17 folders deep; memory of their names
// Errors   Error{integrity} for what no package has: a link, a device, another header than export writes;
//          Error{not_found}, Error{io}
// Source   lexecon-package(5), Names and Tar; POSIX.1-1988 ustar
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "base/time.hpp"

namespace lexecon::audit {

struct Member {
  std::string name;
  std::uint64_t size = 0;
  std::uint64_t place = 0;  // of its first byte in a tar
};

/// One member, open for reading.
class MemberFile {
 public:
  MemberFile() = default;
  virtual ~MemberFile() = default;
  MemberFile(const MemberFile&) = delete;
  MemberFile& operator=(const MemberFile&) = delete;

  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Fills the buffer from that offset, or up to the end. Error{integrity} when the file became shorter.
  [[nodiscard]] virtual std::size_t read(std::uint64_t offset, std::span<char> buffer) const = 0;
};

class Container {
 public:
  Container() = default;
  virtual ~Container() = default;
  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;

  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  [[nodiscard]] const Member* find(std::string_view name) const;
  [[nodiscard]] virtual std::unique_ptr<MemberFile> open(const Member& member) const = 0;
  /// The whole member; nothing when there is none of that name. Error{integrity} above the limit.
  [[nodiscard]] std::optional<std::string> read(std::string_view name, std::uint64_t limit) const;
  /// Of a tar: what every header says beside the members.
  struct Label {
    std::string top;  // the folder above all of them
    Timestamp modified;
  };
  [[nodiscard]] const std::optional<Label>& label() const { return label_; }

 protected:
  std::vector<Member> members_;
  std::optional<Label> label_;
};

[[nodiscard]] std::unique_ptr<Container> open_folder(const Path& path);
[[nodiscard]] std::unique_ptr<Container> open_tar(const Path& path);
/// A folder or a tar, by what is there.
[[nodiscard]] std::unique_ptr<Container> open_container(const Path& path);

}  // namespace lexecon::audit
