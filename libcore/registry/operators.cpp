#include "registry/operators.hpp"

#include "json/canonical.hpp"
#include "json/reader.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::registry {
namespace {

constexpr std::string_view table = "operators";

void add(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  database
      .prepare(
          "INSERT INTO operators(seq, operator, role, actors, public_key, key_seq) "
          "VALUES(?1, ?2, ?3, ?4, ?5, ?1)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("operator")))
      .bind(3, std::string_view(data.text("role")))
      .bind(4, std::string_view(json::canonical(data.member("actors"))))
      .bind(5, std::string_view(data.text("public_key")))
      .run();
}

void rotate(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  database.prepare("UPDATE operators SET public_key = ?1, key_seq = ?2 WHERE operator = ?3")
      .bind(1, std::string_view(data.text("public_key")))
      .bind(2, static_cast<std::int64_t>(entry.seq))
      .bind(3, std::string_view(data.text("operator")))
      .run();
}

}  // namespace

authority::Operators operators(store::Database& database) {
  authority::Operators out;
  auto query = database.prepare(
      "SELECT seq FROM entries WHERE event_type IN ('operator.added', 'operator.rotated', "
      "'operator.revoked', 'policy.activated') ORDER BY seq");
  while (query.step()) {
    const auto seq = static_cast<std::uint64_t>(query.integer(0));
    const auto stored = ledger::read_entry(database, seq);
    if (!stored || out.take(stored->entry, stored->hash)) refuse_table(table, seq);
  }
  return out;
}

void apply_operator(store::Database& database, const chain::Entry& entry) {
  if (entry.event_type == "operator.added") return add(database, entry);
  if (entry.event_type == "operator.rotated") return rotate(database, entry);
  database.prepare("UPDATE operators SET revoked_seq = ?1 WHERE operator = ?2")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(entry.data.at("operator").get_ref<const std::string&>()))
      .run();
}

}  // namespace lexecon::registry
