#include "registry/evidence.hpp"

#include <algorithm>
#include <string>

#include "base/error.hpp"
#include "json/json.hpp"

namespace lexecon::registry {

std::optional<std::uint64_t> newest_of(store::Database& database, std::string_view event_type) {
  auto query =
      database.prepare("SELECT seq FROM entries WHERE event_type = ?1 ORDER BY seq DESC LIMIT 1");
  query.bind(1, event_type);
  if (!query.step()) return std::nullopt;
  return static_cast<std::uint64_t>(query.integer(0));
}

void refuse_table(std::string_view table, std::uint64_t seq) {
  throw Error(
      ErrorCode::integrity,
      "the table `" + std::string(table) + "` differs from the ledger; nothing was recorded",
      chain::entry_id(seq), "run lexecon ledger verify");
}

ledger::StoredEntry entry_behind(store::Database& database, std::string_view table,
                                 std::uint64_t seq, std::string_view event_type) {
  auto stored = ledger::read_entry(database, seq);
  if (!stored || stored->entry.event_type != event_type) refuse_table(table, seq);
  return std::move(*stored);
}

void each_after(store::Database& database, std::string_view event_type,
                std::optional<std::uint64_t> seq, std::optional<std::string_view> part,
                const std::function<void(const chain::Entry&)>& visit) {
  auto query =
      database.prepare(std::string("SELECT seq FROM entries WHERE event_type = ?1 AND seq > ?2") +
                       (part ? " AND instr(body, ?3) > 0" : "") + " ORDER BY seq");
  query.bind(1, event_type).bind(2, seq ? static_cast<std::int64_t>(*seq) : std::int64_t{-1});
  if (part) query.bind_blob(3, *part);
  while (query.step()) {
    const auto stored = ledger::read_entry(database, static_cast<std::uint64_t>(query.integer(0)));
    if (stored) visit(stored->entry);
  }
}

std::set<std::uint64_t> erased_seqs(store::Database& database) {
  std::set<std::uint64_t> out;
  each_after(database, "sealed.erased", std::nullopt, std::nullopt, [&](const auto& erasure) {
    for (const auto& seq : erasure.data.at("seqs")) out.insert(seq.template get<std::uint64_t>());
  });
  return out;
}

bool was_erased(store::Database& database, std::uint64_t seq) {
  bool found = false;
  each_after(database, "sealed.erased", seq, std::to_string(seq), [&](const auto& erasure) {
    const auto& seqs = erasure.data.at("seqs");
    found = found || std::find(seqs.begin(), seqs.end(), seq) != seqs.end();
  });
  return found;
}

}  // namespace lexecon::registry
