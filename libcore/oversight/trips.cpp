#include "oversight/trips.hpp"

#include "json/json.hpp"
#include "json/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::oversight {
namespace {

constexpr std::string_view table = "trips";
constexpr std::string_view event_type = "limit.tripped";

std::string_view subject_in(const Json& data) {
  const auto& subject = data.at("subject");
  return subject.is_null() ? std::string_view() : subject.get_ref<const std::string&>();
}

// A breaker whose row is gone would be closed: the newest entry of all has its row.
void require_newest(store::Database& database) {
  const auto newest = registry::newest_of(database, event_type);
  if (!newest) return;
  auto& row = database.kept("SELECT 1 FROM trips WHERE seq = ?1");
  row.bind(1, static_cast<std::int64_t>(*newest));
  const bool is_there = row.step();
  row.clear();
  if (!is_there) registry::refuse_table(table, *newest);
}

}  // namespace

std::optional<decision::Trip> last_trip(store::Database& database, const decision::Limit& limit,
                                        std::string_view subject) {
  require_newest(database);
  auto& query = database.kept(
      "SELECT seq FROM trips WHERE kind = ?1 AND name = ?2 AND per = ?3 AND subject = ?4 "
      "ORDER BY seq DESC LIMIT 1");
  query.bind(1, to_string(limit.kind))
      .bind(2, std::string_view(limit.name))
      .bind(3, to_string(limit.per))
      .bind(4, subject);
  std::optional<std::uint64_t> seq;
  if (query.step()) seq = static_cast<std::uint64_t>(query.integer(0));
  query.clear();
  if (!seq) return std::nullopt;
  const auto stored = registry::entry_behind(database, table, *seq, event_type);
  const auto& data = stored.entry.data;
  const auto until = entry_time(data.at("until").get_ref<const std::string&>());
  const bool holds = until && data.at("kind") == to_string(limit.kind) &&
                     data.at("name") == limit.name && data.at("per") == to_string(limit.per) &&
                     subject_in(data) == subject;
  if (!holds) registry::refuse_table(table, *seq);
  return decision::Trip{.until = *until, .seq = *seq};
}

void apply_trip(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  database
      .prepare(
          "INSERT INTO trips(seq, kind, name, per, subject, until) VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("kind")))
      .bind(3, std::string_view(data.text("name")))
      .bind(4, std::string_view(data.text("per")))
      .bind(5, subject_in(entry.data))
      .bind(6, std::string_view(data.text("until")))
      .run();
}

}  // namespace lexecon::oversight
