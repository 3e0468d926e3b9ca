#include "clock.hpp"

#include <cstdlib>

#include "base/error.hpp"

namespace lexecon::cli {

Timestamp clock_now() {
#ifdef LEXECON_TEST_CLOCK
  if (const char* fixed = std::getenv("LEXECON_NOW"); fixed != nullptr && *fixed != '\0') {
    if (const auto at = parse_time(fixed)) return *at;
    throw Error(ErrorCode::usage, "expected an RFC 3339 time in LEXECON_NOW");
  }
#endif
  return system_now();
}

}  // namespace lexecon::cli
