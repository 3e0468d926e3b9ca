// The payload of a package on its way into a folder: every file is hashed as it is written, and durable.
//
// Shapes   files 0600 in folders 0700: who made a package decides who reads it
// Errors   Error{cannot_create}; Error{io}
// Source   lexecon-package(5)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.hpp"
#include "base/files.hpp"
#include "crypto/hash.hpp"
#include "package/digests.hpp"
#include "package/tag_files.hpp"

namespace lexecon::exporting {

struct WrittenFile {
  package::FileDigest digest;
  std::uint64_t size = 0;
};

/// One file, piece by piece; nothing of it counts before finish().
class FileWriter {
 public:
  /// Makes the folders on the way.
  FileWriter(const Path& folder, std::string name);
  void write(std::string_view bytes);
  /// Nothing may be written afterwards.
  [[nodiscard]] WrittenFile finish();

 private:
  void flush();

  std::string name_;
  Path path_;
  Descriptor file_;
  crypto::Sha256 digest_;
  std::string buffer_;
  std::uint64_t size_ = 0;
};

/// What was written below one folder so far.
class Payload {
 public:
  explicit Payload(Path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] const Path& folder() const { return folder_; }
  [[nodiscard]] FileWriter open(const std::string& name) const { return {folder_, name}; }
  /// Error{bad_input} for one file more than a package may have.
  void close(FileWriter& file);
  void add(const std::string& name, std::string_view bytes);

  [[nodiscard]] const std::vector<WrittenFile>& files() const { return files_; }
  [[nodiscard]] std::vector<package::FileDigest> digests() const;
  [[nodiscard]] package::Oxum oxum() const;

 private:
  Path folder_;
  std::vector<WrittenFile> files_;
};

}  // namespace lexecon::exporting
