#include "ledger/verify_check.hpp"

#include <algorithm>
#include <filesystem>

#include "ledger/reader.hpp"

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

std::size_t room_for_entries(store::Database& database) {
  constexpr std::uintmax_t least_bytes = 400;  // of an entry: its digests, salt and names
  std::error_code failed;
  const auto file = std::filesystem::file_size(database.path(), failed);
  return failed ? 0 : static_cast<std::size_t>(std::min(file / least_bytes, size(database)));
}

}  // namespace lexecon::ledger
