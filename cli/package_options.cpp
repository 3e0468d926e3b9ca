#include "package_options.hpp"

#include <cstdlib>

#include "base/error.hpp"
#include "base/text.hpp"

namespace lexecon::cli {
namespace {

constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999

}  // namespace

Path package_path(const Arguments& given) {
  const auto path = given.text("--output").value_or("");
  if (path.empty() || path == "-") {
    throw Error(ErrorCode::usage, "expected -o PATH, the name of the package");
  }
  return std::filesystem::absolute(path);
}

Timestamp package_time(Timestamp now) {
  const char* const epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr || *epoch == '\0') return now;
  const auto seconds = parse_integer(epoch);
  if (seconds && *seconds >= 0 && *seconds <= last_second) return {*seconds * 1'000'000};
  throw Error(ErrorCode::usage,
              "expected seconds since 1970 in SOURCE_DATE_EPOCH, seen `" + printable(epoch) + "`");
}

std::string package_generator() { return "lexecon/" LEXECON_VERSION; }

}  // namespace lexecon::cli
