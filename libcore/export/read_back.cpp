#include "export/read_back.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "base/error.hpp"
#include "package/names.hpp"

namespace lexecon::exporting {
namespace {

constexpr std::uint64_t max_manifest_bytes = std::uint64_t{1} << 32U;

[[noreturn]] void refuse(const Path& path, const std::string& what) {
  throw Error(ErrorCode::io, "the package is not what was written: `" + path.string() + "` " + what,
              path.string(), "look after the disk; nothing was archived");
}

Hash hash_of_file(const Path& path) {
  const auto file = open_regular(path);
  crypto::Sha256 digest;
  each_piece(file.get(), path, [&](std::string_view piece) { digest.update(piece); });
  return digest.finish();
}

/// Hashes what a manifest lists again; the names.
std::set<std::string> check_listed(const Path& folder, std::string_view manifest) {
  std::set<std::string> names;
  for (const auto& [name, sha256] :
       package::parse_digest_lines(read_file(folder / manifest, max_manifest_bytes))) {
    if (hash_of_file(folder / name) != sha256) refuse(folder / name, "has other bytes");
    names.insert(name);
  }
  return names;
}

}  // namespace

void read_back(const Path& folder, const crypto::PublicKey& key) {
  auto expected = check_listed(folder, package::payload_manifest_name);
  expected.merge(check_listed(folder, package::tag_manifest_name));
  for (const auto name :
       {package::tag_manifest_name, package::signature_name, package::minisig_name}) {
    expected.insert(std::string(name));
  }
  std::set<std::string> found;
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
    if (each.is_directory()) continue;
    found.insert(each.path().lexically_relative(folder).string());
  }
  if (found != expected) refuse(folder, "has other files");
  const auto lines = read_file(folder / package::tag_manifest_name, max_manifest_bytes);
  const auto signature = read_file(folder / package::signature_name, max_manifest_bytes);
  if (!crypto::verify(key, lines, signature)) refuse(folder, "is not signed by the key in force");
}

}  // namespace lexecon::exporting
