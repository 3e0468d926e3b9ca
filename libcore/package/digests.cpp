#include "package/digests.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "crypto/hash.hpp"

namespace lexecon::package {
namespace {

constexpr std::size_t hash_digits = 64;
constexpr std::size_t id_digits = 16;

FileDigest parse_line(std::string_view line, std::size_t number) {
  const auto hash = hash_from_hex(line.substr(0, hash_digits));
  if (!hash || line.size() <= hash_digits + 2 || line.substr(hash_digits, 2) != "  ") {
    throw Error(ErrorCode::bad_input, "expected `<64 hex digits>  <path>`",
                "line " + std::to_string(number));
  }
  return {std::string(line.substr(hash_digits + 2)), *hash};
}

}  // namespace

std::string digest_line(const FileDigest& file) {
  return file.sha256.hex() + "  " + file.path + "\n";
}

std::string digest_lines(std::vector<FileDigest> files) {
  std::sort(files.begin(), files.end(),
            [](const FileDigest& left, const FileDigest& right) { return left.path < right.path; });
  std::string out;
  for (const auto& file : files) out += digest_line(file);
  return out;
}

std::vector<FileDigest> parse_digest_lines(std::string_view text) {
  std::vector<FileDigest> out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::size_t number = out.size() + 1;
    if (end == std::string_view::npos) {
      throw Error(ErrorCode::bad_input, "expected a newline at the end",
                  "line " + std::to_string(number));
    }
    auto file = parse_line(text.substr(0, end), number);
    if (!out.empty() && file.path <= out.back().path) {
      throw Error(ErrorCode::bad_input, "expected paths that ascend as bytes",
                  "line " + std::to_string(number));
    }
    out.push_back(std::move(file));
    text.remove_prefix(end + 1);
  }
  return out;
}

void PackageName::add(std::string_view lines) {
  root_.update(lines);
  id_.update(lines);
}

PackageName::Names PackageName::finish() {
  return {.root_checksum = root_.finish(),
          .export_id = "exp_" + id_.finish().hex().substr(0, id_digits)};
}

}  // namespace lexecon::package
