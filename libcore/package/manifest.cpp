#include "package/manifest.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"
#include "package/names.hpp"

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

Word read_word(std::string_view bytes) {
  const auto manifest = json::parse_canonical(bytes, std::string(manifest_name));
  json::require_plain(manifest);
  json::Reader reader(manifest);
  const auto& text = reader.text("generated_at");
  const auto at = token_time(text);
  if (!at) {
    throw Error(ErrorCode::bad_input,
                "expected a time to the second, got `" + printable(text) + "`", "/generated_at");
  }
  const auto& generator = reader.text("generator");
  // One line of bag-info.txt holds it.
  if (!generator.starts_with("lexecon/") || printable(generator) != generator) {
    throw Error(ErrorCode::bad_input, "expected `lexecon/<version>`", "/generator");
  }
  const auto& request = reader.member("request");
  if (!request.is_object()) {
    throw Error(ErrorCode::bad_input, "expected an object", "/request");
  }
  return {.generated_at = *at, .generator = generator, .request = request};
}

}  // namespace lexecon::package
