// The two manifests of a package: a line for each file, and the names that are made from them.
//
// Shapes   line = <64 hex> SP SP <path> LF, in byte order of the path
//          L = manifest-sha256.txt without the line of data/manifest.json
//          export_id = "exp_" || first 16 hex of SHA-256(three lines of the checkpoint || L)
// Errors   Error{bad_input} for lines that nobody here writes
// Source   lexecon-package(5), Manifests; RFC 8493
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "crypto/hash.hpp"

namespace lexecon::package {

struct FileDigest {
  std::string path;
  Hash sha256;
  friend bool operator==(const FileDigest&, const FileDigest&) = default;
};

[[nodiscard]] std::string digest_line(const FileDigest& file);
/// In byte order of the path, whatever their order was.
[[nodiscard]] std::string digest_lines(std::vector<FileDigest> files);
[[nodiscard]] std::vector<FileDigest> parse_digest_lines(std::string_view text);

/// What a package is named after: the lines of L, given in their order.
class PackageName {
 public:
  /// `checkpoint_text` are the three lines that a checkpoint's signature covers.
  explicit PackageName(std::string_view checkpoint_text) { id_.update(checkpoint_text); }
  void add(std::string_view lines);
  struct Names {
    Hash root_checksum;
    std::string export_id;
  };
  /// Ends it; nothing may be added afterwards.
  [[nodiscard]] Names finish();

 private:
  crypto::Sha256 root_;
  crypto::Sha256 id_;
};

}  // namespace lexecon::package
