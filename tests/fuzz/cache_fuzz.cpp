#include "decision/judge.hpp"
#include "decision/set_codec.hpp"
#include "fuzz/targets.hpp"
#include "json/parse.hpp"

// The body alone: no fuzzer finds the digest before it.
void lexecon::fuzz::cache(std::string_view bytes) {
  const auto set = decision::unpack_set(bytes);
  require(decision::pack_set(set) == bytes, "a packed set is not stable");
  const auto request = decision::parse_request(json::parse(
      R"({"actor":"bot","action":"read","resource":"file:a/b","data_classes":["customer"]})"));
  const auto verdict = decision::judge(request, &set, {}, Timestamp{1'800'000'000'000'000});
  require(!verdict.reasons.empty(), "a verdict without a reason");
}
