#include "chain/depth.hpp"

#include <string>

#include "base/error.hpp"
#include "json/json.hpp"

namespace lexecon::chain {
namespace {

bool fits(const Json& value, std::size_t limit) {
  if (!value.is_structured()) return true;
  if (limit == 0) return false;
  for (const Json& item : value) {
    if (!fits(item, limit - 1)) return false;
  }
  return true;
}

}  // namespace

void require_depth(const Json& value, std::size_t limit) {
  if (!fits(value, limit)) {
    throw Error(ErrorCode::bad_input,
                "expected a value of at most " + std::to_string(limit) + " nested containers");
  }
}

}  // namespace lexecon::chain
