#include "ledger/retention_rules.hpp"

#include <algorithm>

namespace lexecon::ledger {

std::optional<decision::RetentionRules> retention_of(Records& records,
                                                     std::span<const decision::FileDigest> files) {
  constexpr const char* name = "node.yaml";
  const auto file =
      std::find_if(files.begin(), files.end(), [&](const auto& each) { return each.name == name; });
  const auto bytes = file == files.end() ? std::nullopt : records.policy_file(file->sha256);
  if (!bytes) return std::nullopt;
  return decision::load_retention(*bytes, name);
}

}  // namespace lexecon::ledger
