#include "reporting/matched.hpp"

#include <string>

#include "json/parse.hpp"
#include "json/slices.hpp"

namespace lexecon::reporting {

void each_matched(const Seen& seen, const std::function<void(std::string_view relation)>& visit) {
  const auto matched = json::slice(json::slice(seen.data, "policy"), "matched");
  if (matched.empty() || matched == "[]") return;
  for (const auto& relation : json::parse(matched)) visit(relation.get_ref<const std::string&>());
}

}  // namespace lexecon::reporting
