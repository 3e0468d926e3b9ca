// The tag files of a package: what it is, what is in it, and who signed it.
//
// Shapes   the tag manifest is signed as it is (64 raw bytes), and once more as minisign does
// Source   lexecon-package(5), Tag files; RFC 8493; minisign(1)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/ed25519.hpp"
#include "package/manifest.hpp"

namespace lexecon::package {

inline constexpr std::string_view bagit_text =
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// What stands below data/, manifest.json too.
struct Oxum {
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
};
[[nodiscard]] std::string bag_info_text(const Manifest& manifest, const Oxum& payload);
/// "lexecon-package/1 origin=… size=… export=…"
[[nodiscard]] std::string trusted_comment(const Manifest& manifest);
/// The four lines of tagmanifest-sha256.txt.minisig.
[[nodiscard]] std::string minisig_text(const Manifest& manifest, std::string_view tag_manifest,
                                       const crypto::SecretKey& key);
/// Whether that file is minisig_text() by the holder of the key.
[[nodiscard]] bool minisig_holds(const Manifest& manifest, std::string_view tag_manifest,
                                 const crypto::PublicKey& key, std::string_view text);

}  // namespace lexecon::package
