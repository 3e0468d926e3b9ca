#include "ledger/records.hpp"

#include <algorithm>
#include <filesystem>

#include "ledger/reader.hpp"

namespace lexecon::ledger {
namespace {

/// The seq of the first entry behind a moment, of those before a seq.
std::int64_t first_behind(store::Database& database, Timestamp moment, std::uint64_t before) {
  auto rows = database.prepare(
      "SELECT seq, timestamp FROM entries NOT INDEXED WHERE seq < ?1 ORDER BY seq DESC");
  rows.bind(1, static_cast<std::int64_t>(before));
  const auto text = to_text(moment);
  auto first = static_cast<std::int64_t>(before);
  while (rows.step() && rows.text_view(1) > text) first = rows.integer(0);
  return first;
}

void visit_all(store::Statement& rows, const Records::Visit& visit) {
  while (rows.step()) visit(static_cast<std::uint64_t>(rows.integer(0)), rows.view(1));
}

}  // namespace

std::optional<std::string> TableRecords::entry(std::uint64_t seq) {
  if (!entry_) entry_.emplace(database_->prepare("SELECT body FROM entries WHERE seq = ?1"));
  entry_->reset();
  if (!entry_->bind(1, static_cast<std::int64_t>(seq)).step()) return std::nullopt;
  return entry_->blob(0);
}

std::optional<std::string> TableRecords::sealed(std::uint64_t seq) {
  auto row = database_->prepare("SELECT body FROM sealed WHERE seq = ?1");
  row.bind(1, static_cast<std::int64_t>(seq));
  return row.step() ? std::optional(row.blob(0)) : std::nullopt;
}

// Without the index, which might hide one.
void TableRecords::each_activation(const Visit& visit) {
  auto rows = database_->prepare(
      "SELECT seq, body FROM entries NOT INDEXED WHERE seq >= 0 AND event_type = "
      "'policy.activated'");
  visit_all(rows, visit);
}

void TableRecords::each_decision_after(Timestamp moment, std::uint64_t before, const Visit& visit) {
  auto rows = database_->prepare(
      "SELECT seq, body FROM entries NOT INDEXED WHERE seq >= ?1 AND seq < ?2 AND "
      "event_type = 'decision' ORDER BY seq");
  rows.bind(1, first_behind(*database_, moment, before)).bind(2, static_cast<std::int64_t>(before));
  visit_all(rows, visit);
}

std::optional<std::string> TableRecords::policy_file(const Hash& sha256) {
  return read_policy_file(*database_, sha256);
}

void TableRecords::each_policy_file(const VisitFile& visit) {
  auto rows = database_->prepare("SELECT sha256, body FROM policy_files");
  while (rows.step()) visit(rows.blob_view(0), rows.blob_view(1));
}

bool TableRecords::has_checkpoint(const LogKeys::Sizes& sizes) {
  constexpr auto most = static_cast<std::uint64_t>(INT64_MAX);
  auto row =
      database_->prepare("SELECT 1 FROM checkpoints WHERE tree_size BETWEEN ?1 AND ?2 LIMIT 1");
  row.bind(1, static_cast<std::int64_t>(std::min(sizes.first, most)))
      .bind(2, static_cast<std::int64_t>(std::min(sizes.last, most)));
  return row.step();
}

std::int64_t TableRecords::largest_checkpoint() {
  auto row = database_->prepare("SELECT max(tree_size) FROM checkpoints");
  row.step();
  return row.optional_integer(0).value_or(0);
}

void TableRecords::each_checkpoint_after(std::optional<std::int64_t> last,
                                         const std::function<void(std::int64_t)>& visit) {
  auto rows = database_->prepare(
      "SELECT tree_size FROM checkpoints WHERE ?1 IS NULL OR tree_size > ?1 ORDER BY tree_size");
  if (last) rows.bind(1, *last);
  while (rows.step()) visit(rows.integer(0));
}

std::optional<std::uint64_t> TableRecords::sealed_after(std::optional<std::uint64_t> last) {
  auto row = database_->prepare("SELECT min(seq) FROM sealed WHERE seq > ?1");
  row.bind(1, last ? static_cast<std::int64_t>(*last) : -1).step();
  const auto seq = row.optional_integer(0);
  return seq ? std::optional(static_cast<std::uint64_t>(*seq)) : std::nullopt;
}

std::size_t TableRecords::room() {
  constexpr std::uintmax_t least_bytes = 400;  // of an entry: its digests, salt and names
  std::error_code failed;
  const auto file = std::filesystem::file_size(database_->path(), failed);
  return failed ? 0 : static_cast<std::size_t>(std::min(file / least_bytes, size(*database_)));
}

}  // namespace lexecon::ledger
