#include "package/tag_files.hpp"

#include "crypto/minisig.hpp"

namespace lexecon::package {
namespace {

constexpr std::size_t date_bytes = 10;
constexpr std::string_view untrusted_comment = "signature by a lexecon ledger key";

}  // namespace

std::string bag_info_text(const Manifest& manifest, const Oxum& payload) {
  return "Bag-Software-Agent: " + manifest.generator +
         "\nBagging-Date: " + to_text_seconds(manifest.generated_at).substr(0, date_bytes) +
         "\nExternal-Identifier: " + manifest.export_id +
         "\nPayload-Oxum: " + std::to_string(payload.bytes) + "." + std::to_string(payload.files) +
         "\n";
}

std::string trusted_comment(const Manifest& manifest) {
  return std::string(packet_version) + " origin=" + manifest.checkpoint.origin +
         " size=" + std::to_string(manifest.checkpoint.tree_size) + " export=" + manifest.export_id;
}

std::string minisig_text(const Manifest& manifest, std::string_view tag_manifest,
                         const crypto::SecretKey& key) {
  return crypto::minisig(key, tag_manifest,
                         {.untrusted = untrusted_comment, .trusted = trusted_comment(manifest)});
}

bool minisig_holds(const Manifest& manifest, std::string_view tag_manifest,
                   const crypto::PublicKey& key, std::string_view text) {
  return crypto::minisig_holds(
      key, tag_manifest, {.untrusted = untrusted_comment, .trusted = trusted_comment(manifest)},
      text);
}

}  // namespace lexecon::package
