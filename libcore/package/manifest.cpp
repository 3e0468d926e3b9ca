#include "package/manifest.hpp"

#include "base/error.hpp"
#include "json/canonical.hpp"

namespace lexecon::package {

std::string_view to_string(Disclosure disclosure) {
  switch (disclosure) {
    case Disclosure::none:
      return "none";
    case Disclosure::sealed:
      return "sealed";
  }
  throw Error(ErrorCode::internal, "a disclosure of no kind");
}

Json to_json(const Contents& contents) {
  return {{"decisions", contents.decisions},
          {"entries", contents.entries},
          {"erased", contents.erased},
          {"evidence", contents.evidence},
          {"policies", contents.policies},
          {"sealed", contents.sealed},
          {"withheld_entries", contents.withheld_entries},
          {"withheld_sealed", contents.withheld_sealed}};
}

bool is_whole(const Manifest& manifest) { return manifest.contents.withheld_entries == 0; }

std::string to_bytes(const Manifest& manifest) {
  const auto& head = manifest.head_entry_hash;
  return json::canonical(
      {{"contents", to_json(manifest.contents)},
       {"disclosure", to_string(manifest.disclosure)},
       {"export_id", manifest.export_id},
       {"generated_at", to_text_seconds(manifest.generated_at)},
       {"generator", manifest.generator},
       {"integrity", {{"algorithm", "sha256"}, {"root_checksum", manifest.root_checksum.hex()}}},
       {"log",
        {{"head_entry_hash", head ? Json(head->hex()) : Json()},
         {"origin", manifest.checkpoint.origin},
         {"root_hash", manifest.checkpoint.root.hex()},
         {"tree_size", manifest.checkpoint.tree_size}}},
       {"packet_version", packet_version},
       {"request", manifest.request},
       {"scope", is_whole(manifest) ? "all" : "filtered"}});
}

}  // namespace lexecon::package
