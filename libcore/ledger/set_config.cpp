#include "ledger/set_config.hpp"

#include <algorithm>

namespace lexecon::ledger {
namespace {

constexpr const char* name = "node.yaml";

std::optional<std::string> bytes_of(Records& records, std::span<const decision::FileDigest> files) {
  const auto file =
      std::find_if(files.begin(), files.end(), [](const auto& each) { return each.name == name; });
  return file == files.end() ? std::nullopt : records.policy_file(file->sha256);
}

}  // namespace

std::optional<decision::NodeConfig> node_config_of(Records& records,
                                                   std::span<const decision::FileDigest> files) {
  const auto bytes = bytes_of(records, files);
  if (!bytes) return std::nullopt;
  return decision::load_node_config(*bytes, name);
}

std::optional<decision::RetentionRules> retention_of(Records& records,
                                                     std::span<const decision::FileDigest> files) {
  const auto bytes = bytes_of(records, files);
  if (!bytes) return std::nullopt;
  return decision::load_retention(*bytes, name);
}

}  // namespace lexecon::ledger
