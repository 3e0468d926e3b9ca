#include "export/payload.hpp"

#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "base/error.hpp"
#include "package/names.hpp"

namespace lexecon::exporting {
namespace {

constexpr std::size_t buffer_bytes = 65'536;

void make_folders(const Path& folder, const Path& below) {
  Path made = folder;
  for (const auto& part : below.parent_path()) {
    made /= part;
    if (!std::filesystem::exists(made)) make_folder(made, Access::private_to_owner);
  }
}

Descriptor create(const Path& path) {
  auto file = try_open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (!file.open()) throw system_error(ErrorCode::io, "create", path, errno);
  return file;
}

}  // namespace

FileWriter::FileWriter(const Path& folder, std::string name)
    : name_(std::move(name)),
      path_(folder / name_),
      file_((make_folders(folder, name_), create(path_))) {
  buffer_.reserve(buffer_bytes);
}

void FileWriter::write(std::string_view bytes) {
  size_ += bytes.size();
  if (buffer_.size() + bytes.size() > buffer_bytes) flush();
  if (bytes.size() < buffer_bytes) {
    buffer_.append(bytes);
    return;
  }
  digest_.update(bytes);
  write_all(file_.get(), bytes, path_);
}

void FileWriter::flush() {
  digest_.update(buffer_);
  write_all(file_.get(), buffer_, path_);
  buffer_.clear();
}

WrittenFile FileWriter::finish() {
  flush();
  sync_descriptor(file_.get(), path_);
  return {.digest = {.path = name_, .sha256 = digest_.finish()}, .size = size_};
}

void Payload::close(FileWriter& file) {
  files_.push_back(file.finish());
  if (files_.size() <= package::most_files) return;
  throw Error(ErrorCode::bad_input,
              "a package has at most " + std::to_string(package::most_files) + " files", {},
              "export a part of the log: --scope, --from, --to, --tenant, --actor");
}

void Payload::add(const std::string& name, std::string_view bytes) {
  auto file = open(name);
  file.write(bytes);
  close(file);
}

std::vector<package::FileDigest> Payload::digests() const {
  std::vector<package::FileDigest> out;
  out.reserve(files_.size());
  for (const auto& file : files_) out.push_back(file.digest);
  return out;
}

package::Oxum Payload::oxum() const {
  package::Oxum sum{.bytes = 0, .files = files_.size()};
  for (const auto& file : files_) sum.bytes += file.size;
  return sum;
}

}  // namespace lexecon::exporting
