#include "registry/registrations.hpp"

#include "json/json.hpp"
#include "json/reader.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::registry {
namespace {

constexpr std::string_view table = "registrations";

void add(store::Database& database, authority::RegistryKind kind, const chain::Entry& entry) {
  json::Reader data(entry.data);
  database
      .prepare(
          "INSERT INTO registrations(seq, kind, id, digest, operator, timestamp) "
          "VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, authority::to_string(kind))
      .bind(3, std::string_view(data.text(authority::to_string(kind))))
      .bind(4, std::string_view(data.text("digest")))
      .bind(5,
            std::string_view(data.member("approval").at("operator").get_ref<const std::string&>()))
      .bind(6, std::string_view(to_text(entry.timestamp)))
      .run();
}

void update(store::Database& database, const char* statement, authority::RegistryKind kind,
            const chain::Entry& entry, const std::optional<std::string>& value) {
  json::Reader data(entry.data);
  database.prepare(statement)
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, value)
      .bind(3, authority::to_string(kind))
      .bind(4, std::string_view(data.text(authority::to_string(kind))))
      .run();
}

}  // namespace

authority::Registrations registrations(store::Database& database) {
  authority::Registrations out;
  auto query = database.prepare(
      "SELECT seq FROM entries WHERE event_type IN ('model.registered', 'model.approved', "
      "'model.rejected', 'model.retired', 'prompt.registered', 'prompt.approved', "
      "'prompt.rejected', 'prompt.retired') ORDER BY seq");
  while (query.step()) {
    const auto seq = static_cast<std::uint64_t>(query.integer(0));
    const auto stored = ledger::read_entry(database, seq);
    if (!stored || out.take(stored->entry, stored->hash)) refuse_table(table, seq);
  }
  return out;
}

// What nobody signed has no row: the verifier says what is wrong with it.
void apply_registration(store::Database& database, const chain::Entry& entry) {
  const auto kind = *authority::registry_kind_of(entry.event_type);
  if (!entry.data.contains("approval")) return;
  if (entry.event_type.ends_with(".registered")) return add(database, kind, entry);
  if (entry.event_type.ends_with(".approved")) {
    return update(database,
                  "UPDATE registrations SET approved_seq = ?1, expires_at = ?2 WHERE kind = ?3 AND "
                  "id = ?4",
                  kind, entry, json::Reader(entry.data).optional_text("expires_at"));
  }
  const auto verb = entry.event_type.substr(entry.event_type.find('.') + 1);
  update(database,
         "UPDATE registrations SET ended_seq = ?1, ended = ?2 WHERE kind = ?3 AND id = ?4", kind,
         entry, verb);
}

}  // namespace lexecon::registry
