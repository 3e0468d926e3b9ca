// data/manifest.json: what a package says of itself.
//
// Shapes   JCS of exactly ten members; generated_at to the second
// Source   lexecon-package(5), manifest.json
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "chain/checkpoint.hpp"
#include "json/json.hpp"

namespace lexecon::package {

inline constexpr std::string_view packet_version = "lexecon-package/1";

/// Whether sealed content and the files of evidence are in the package.
enum class Disclosure : std::uint8_t { none, sealed };
[[nodiscard]] std::string_view to_string(Disclosure disclosure);

struct Contents {
  std::uint64_t decisions = 0;         // entries shown that are one
  std::uint64_t entries = 0;           // shown
  std::uint64_t erased = 0;            // of those shown, whose sealed content was erased
  std::uint64_t evidence = 0;          // files
  std::uint64_t policies = 0;          // files
  std::uint64_t sealed = 0;            // sealed contents in the package
  std::uint64_t withheld_entries = 0;  // of which the package has the leaf alone
  std::uint64_t withheld_sealed = 0;   // of entries shown, not erased and not in the package
  friend bool operator==(const Contents&, const Contents&) = default;
};
[[nodiscard]] Json to_json(const Contents& contents);

struct Manifest {
  Contents contents;
  Disclosure disclosure = Disclosure::none;
  std::string export_id;
  Timestamp generated_at;
  std::string generator;  // "lexecon/<version>"
  Hash root_checksum;
  chain::Checkpoint checkpoint;
  std::optional<Hash> head_entry_hash;  // nothing when the last entry is withheld
  Json request = Json::object();        // the word of who made the package
};

/// Nothing is withheld: the package has every entry of its tree.
[[nodiscard]] bool is_whole(const Manifest& manifest);
[[nodiscard]] std::string to_bytes(const Manifest& manifest);

inline constexpr std::size_t max_manifest_bytes = std::size_t{1} << 20U;
/// What only its maker can say; Error{bad_input} for bytes that are no manifest.
struct Word {
  Timestamp generated_at;
  std::string generator;
  Json request;
};
[[nodiscard]] Word read_word(std::string_view bytes);

}  // namespace lexecon::package
