#include "ledger/activation.hpp"

#include <string>

#include "json/json.hpp"

namespace lexecon::ledger {

std::optional<std::vector<decision::FileDigest>> files_of(const chain::Entry& entry) {
  const auto files = entry.data.find("files");
  if (files == entry.data.end() || !files->is_array()) return std::nullopt;
  std::vector<decision::FileDigest> out;
  for (const Json& file : *files) {
    const bool has_shape = file.is_object() && file.contains("name") && file.contains("sha256") &&
                           file.at("name").is_string() && file.at("sha256").is_string();
    if (!has_shape) return std::nullopt;
    const auto sha256 = hash_from_hex(file.at("sha256").get_ref<const std::string&>());
    if (!sha256) return std::nullopt;
    out.push_back({file.at("name").get<std::string>(), *sha256});
  }
  return out;
}

}  // namespace lexecon::ledger
