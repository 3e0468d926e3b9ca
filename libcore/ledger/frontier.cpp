#include "ledger/frontier.hpp"

#include <bit>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace lexecon::ledger {
namespace {

[[noreturn]] void wrong(std::uint64_t size) {
  throw Error(ErrorCode::integrity,
              "the table `frontier` is not that of " + std::to_string(size) + " entries");
}

}  // namespace

chain::CompactRange read_frontier(store::Database& database, std::uint64_t size) {
  auto statement = database.prepare("SELECT level, hash FROM frontier ORDER BY level DESC");
  std::vector<Hash> peaks;
  std::uint64_t found = 0;
  while (statement.step()) {
    const std::int64_t level = statement.integer(0);
    const auto hash = hash_from_bytes(statement.blob(1));
    if (level < 0 || level > 62 || !hash) wrong(size);
    found |= std::uint64_t{1} << level;
    peaks.push_back(*hash);
  }
  if (found != size) wrong(size);
  return {size, std::move(peaks)};
}

void write_frontier(store::Database& database, const chain::CompactRange& range) {
  database.execute("DELETE FROM frontier");
  auto insert = database.prepare("INSERT INTO frontier(level, hash) VALUES(?1, ?2)");
  std::uint64_t rest = range.size();
  for (const Hash& peak : range.peaks()) {
    const auto level = static_cast<int>(std::bit_width(rest)) - 1;
    insert.bind(1, std::int64_t{level}).bind_blob(2, peak.view()).run();
    rest &= ~(std::uint64_t{1} << level);
  }
}

}  // namespace lexecon::ledger
