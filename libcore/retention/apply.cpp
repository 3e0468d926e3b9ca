#include "retention/apply.hpp"

#include <string_view>

#include "json/json.hpp"
#include "json/reader.hpp"

namespace lexecon::retention {
namespace {

void place_hold(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  database
      .prepare(
          "INSERT INTO holds(seq, hold_id, contents, actor, timestamp) "
          "VALUES(?1, ?2, ?3, ?4, ?5)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("hold_id")))
      .bind(3, static_cast<std::int64_t>(entry.data.at("seqs").size()))
      .bind(4, std::string_view(entry.actor))
      .bind(5, std::string_view(to_text(entry.timestamp)))
      .run();
}

void release_hold(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  database.prepare("UPDATE holds SET released_seq = ?1 WHERE hold_id = ?2")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("hold_id")))
      .run();
}

}  // namespace

void apply(store::Database& database, const chain::Entry& entry) {
  if (entry.event_type == "hold.placed") place_hold(database, entry);
  if (entry.event_type == "hold.released") release_hold(database, entry);
}

}  // namespace lexecon::retention
