#include "ledger/verify_check.hpp"

#include <algorithm>

namespace lexecon::ledger {

void Check::fail(std::optional<std::uint64_t> seq, const std::string& detail) {
  const bool is_earlier = seq && finding_.seq && *seq < *finding_.seq;
  if (!finding_.failed || is_earlier) finding_.detail = detail;
  finding_.failed = true;
  if (seq) finding_.seq = finding_.seq ? std::min(*finding_.seq, *seq) : *seq;
}

void Check::fail_between(const Stretch& stretch, const std::string& detail) {
  if (!finding_.stretch) finding_.stretch = stretch;
  fail(std::nullopt, detail);
}

void Check::remark(const std::string& detail) {
  if (!finding_.failed) finding_.detail = detail;
}

}  // namespace lexecon::ledger
