#include "policy/patterns.hpp"

#include <algorithm>

namespace lexecon::policy {

PatternId Patterns::intern(std::string_view pattern) {
  if (pattern == "*") return any_pattern;
  const bool is_prefix = pattern.ends_with('*');
  if (is_prefix) pattern.remove_suffix(1);
  auto& map = is_prefix ? prefixes_ : exact_;
  if (const auto found = map.find(pattern); found != map.end()) return found->second;
  if (is_prefix) {
    const auto at = std::lower_bound(prefix_sizes_.begin(), prefix_sizes_.end(), pattern.size());
    if (at == prefix_sizes_.end() || *at != pattern.size())
      prefix_sizes_.insert(at, pattern.size());
  }
  return map.emplace(pattern, next_++).first->second;
}

void Patterns::append_hits(std::string_view id, std::vector<PatternId>& out) const {
  if (const auto found = exact_.find(id); found != exact_.end()) out.push_back(found->second);
  for (const auto size : prefix_sizes_) {
    // A prefix pattern hits longer ids only: an id is never one of its own prefixes.
    if (size >= id.size()) break;
    const auto found = prefixes_.find(id.substr(0, size));
    if (found != prefixes_.end()) out.push_back(found->second);
  }
}

}  // namespace lexecon::policy
