#include "ledger/reader.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "ledger/row.hpp"

namespace lexecon::ledger {
namespace {

[[noreturn]] void altered(const std::string& what, std::uint64_t seq) {
  throw Error(ErrorCode::integrity, what, chain::entry_id(seq), "run lexecon ledger verify");
}

StoredEntry entry_of(const store::Statement& statement) {
  const Row row = row_of(statement);
  StoredEntry stored;
  stored.bytes = std::string(row.body);
  stored.hash = chain::entry_hash(row.body);
  try {
    stored.entry = chain::parse_entry(row.body);
  } catch (const Error& error) {
    altered("the stored bytes are no entry: " + error.message(), row.seq);
  }
  const std::string time_text = to_text(stored.entry.timestamp);
  if (const auto column =
          differing_column(row, chain::view_of(stored.entry, time_text), stored.hash)) {
    altered("the column `" + std::string(*column) + "` differs from the entry", row.seq);
  }
  return stored;
}

std::string where_of(const EntryFilter& filter) {
  std::string where;
  const auto add = [&where](const std::string& condition) {
    where += (where.empty() ? " WHERE " : " AND ") + condition;
  };
  if (filter.event_type) add("event_type = ?1");
  if (filter.actor) add("actor = ?2");
  if (filter.from) add("timestamp >= ?3");
  if (filter.to) add("timestamp < ?4");
  return where;
}

void bind(store::Statement& statement, const EntryFilter& filter) {
  if (filter.event_type) statement.bind(1, std::string_view(*filter.event_type));
  if (filter.actor) statement.bind(2, std::string_view(*filter.actor));
  if (filter.from) statement.bind(3, std::string_view(to_text(*filter.from)));
  if (filter.to) statement.bind(4, std::string_view(to_text(*filter.to)));
}

bool has(const Json& data, const char* member, const std::optional<std::string>& wanted) {
  if (!wanted) return true;
  const auto found = data.find(member);
  return found != data.end() && found->is_string() &&
         found->get_ref<const std::string&>() == *wanted;
}

std::optional<std::string> note_of(store::Statement statement) {
  if (!statement.step()) return std::nullopt;
  return statement.text(0);
}

}  // namespace

std::uint64_t size(store::Database& database) {
  auto statement = database.prepare("SELECT max(seq) FROM entries");
  statement.step();
  const auto last = statement.optional_integer(0);
  if (last && *last < 0) throw Error(ErrorCode::integrity, "an entry has a negative number");
  return last ? static_cast<std::uint64_t>(*last) + 1 : 0;
}

std::optional<StoredEntry> read_entry(store::Database& database, std::uint64_t seq) {
  auto statement = database.prepare(std::string(select_rows) + " WHERE seq = ?1");
  statement.bind(1, static_cast<std::int64_t>(seq));
  if (!statement.step()) return std::nullopt;
  return entry_of(statement);
}

std::optional<std::string> read_sealed(store::Database& database, const chain::Entry& entry) {
  auto statement = database.prepare("SELECT body FROM sealed WHERE seq = ?1");
  statement.bind(1, static_cast<std::int64_t>(entry.seq));
  if (!statement.step()) return std::nullopt;
  std::string bytes = statement.blob(0);
  if (!entry.sealed_hash || crypto::sha256(bytes) != *entry.sealed_hash) {
    altered("the sealed content is not what the entry commits to", entry.seq);
  }
  return bytes;
}

std::optional<std::string> last_checkpoint(store::Database& database) {
  return note_of(database.prepare("SELECT note FROM checkpoints ORDER BY tree_size DESC LIMIT 1"));
}

std::optional<std::string> checkpoint_at(store::Database& database, std::uint64_t tree_size) {
  auto statement = database.prepare("SELECT note FROM checkpoints WHERE tree_size = ?1");
  statement.bind(1, static_cast<std::int64_t>(tree_size));
  return note_of(std::move(statement));
}

std::optional<std::string> read_policy_file(store::Database& database, const Hash& sha256) {
  auto statement = database.prepare("SELECT body FROM policy_files WHERE sha256 = ?1");
  statement.bind_blob(1, sha256.view());
  if (!statement.step()) return std::nullopt;
  std::string bytes = statement.blob(0);
  if (crypto::sha256(bytes) != sha256) {
    throw Error(ErrorCode::integrity, "a policy file on record is not what its digest says",
                sha256.hex(), "run lexecon ledger verify");
  }
  return bytes;
}

bool passes(const chain::Entry& entry, const EntryFilter& filter) {
  const auto is_of_token = [&entry](const std::string& jti) { return has(entry.data, "jti", jti); };
  return (!filter.event_type || entry.event_type == *filter.event_type) &&
         (!filter.actor || entry.actor == *filter.actor) &&
         (!filter.from || entry.timestamp >= *filter.from) &&
         (!filter.to || entry.timestamp < *filter.to) &&
         (has(entry.data, "decision_id", filter.decision_id) ||
          std::any_of(filter.jtis.begin(), filter.jtis.end(), is_of_token)) &&
         has(entry.data, "tenant", filter.tenant) && has(entry.data, "outcome", filter.outcome);
}

void each_entry(store::Database& database, const EntryFilter& filter,
                const std::function<void(const StoredEntry&)>& visit) {
  auto statement = database.prepare(std::string(select_rows) + where_of(filter) + " ORDER BY seq" +
                                    (filter.reverse ? " DESC" : ""));
  bind(statement, filter);
  std::uint64_t shown = 0;
  while ((!filter.limit || shown < *filter.limit) && statement.step()) {
    const StoredEntry stored = entry_of(statement);
    if (!passes(stored.entry, filter)) continue;
    visit(stored);
    ++shown;
  }
}

}  // namespace lexecon::ledger
