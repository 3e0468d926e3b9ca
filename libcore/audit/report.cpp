#include "audit/verify.hpp"
#include "json/json.hpp"

namespace lexecon::audit {
namespace {

Json package_of(const PackageVerification& verification) {
  if (!verification.manifest) return {};
  const auto& manifest = *verification.manifest;
  return {{"format", verification.is_tar ? "tar" : "bag"},
          {"export_id", manifest.export_id},
          {"root_checksum", manifest.root_checksum.hex()},
          {"scope", package::is_whole(manifest) ? "all" : "filtered"},
          {"disclosure", package::to_string(manifest.disclosure)},
          {"contents", package::to_json(manifest.contents)},
          {"tree_size", manifest.checkpoint.tree_size},
          {"generated_at", to_text_seconds(manifest.generated_at)},
          {"generator", manifest.generator},
          {"request", manifest.request}};
}

}  // namespace

// What a log's verifier says of a package, less what only a node has.
Json to_json(const PackageVerification& verification) {
  Json document = ledger::to_json(verification.log);
  document["schema"] = "lexecon.package_verification/1";
  for (const auto* const member : {"from", "archives"}) document.erase(member);
  document["package"] = package_of(verification);
  return document;
}

}  // namespace lexecon::audit
