#include "risk_text.hpp"

#include <vector>

#include "base/text.hpp"
#include "json/json.hpp"

namespace lexecon::cli {

std::string dimensions_text(const Json& dimensions) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : dimensions.items()) parts.push_back(name + " " + value.dump());
  return parts.empty() ? "-" : join(parts, ", ");
}

}  // namespace lexecon::cli
