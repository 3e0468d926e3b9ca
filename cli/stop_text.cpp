#include "stop_text.hpp"

#include "base/error.hpp"
#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {

std::string required_reason(const Arguments& given) {
  if (const auto reason = given.text("--reason")) return *reason;
  throw Error(ErrorCode::usage, "expected --reason CODE, as in --reason incident");
}

std::string stopped_text(const Json& stop) {
  const auto scope = stop["scope"].get<std::string>();
  if (scope == "all") return "everything";
  return (scope == "tenant" ? "tenant " : "") + shown(stop, "target");
}

}  // namespace lexecon::cli
