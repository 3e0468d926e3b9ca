#include "oversight/incidents.hpp"

#include <utility>

#include "base/error.hpp"
#include "chain/sealed.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::oversight {
namespace {

[[noreturn]] void refuse(std::uint64_t seq, const std::string& what) {
  throw Error(ErrorCode::integrity, what, chain::entry_id(seq), "run lexecon ledger verify");
}

IncidentText parse_text(const Json& value) {
  json::Reader reader(value);
  IncidentText out{.title = reader.optional_text("title"),
                   .description = reader.optional_text("description")};
  reader.finish();
  return out;
}

void add_text(store::Database& database, const chain::Entry& entry, IncidentText& out) {
  const auto sealed = ledger::read_sealed(database, entry);
  if (!sealed) {
    if (!registry::was_erased(database, entry.seq)) {
      refuse(entry.seq, "the text of this incident is missing and was never erased");
    }
    out.erased = true;
    return;
  }
  try {
    auto text = parse_text(chain::unseal(*sealed));
    if (text.title) out.title = std::move(text.title);
    if (text.description) out.description = std::move(text.description);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    refuse(entry.seq, "the sealed content is no text of an incident: " + error.message());
  }
}

}  // namespace

compliance::Incidents incidents(store::Database& database) {
  compliance::Incidents out;
  auto query = database.prepare(
      "SELECT seq FROM entries WHERE event_type IN ('incident.recorded', 'incident.updated', "
      "'incident.reported', 'incident.closed') ORDER BY seq");
  while (query.step()) {
    const auto seq = static_cast<std::uint64_t>(query.integer(0));
    const auto stored = ledger::read_entry(database, seq);
    if (!stored) refuse(seq, "the entry of an incident is missing");
    if (const auto fault = out.take(stored->entry, stored->hash)) refuse(seq, *fault);
  }
  return out;
}

std::optional<std::uint64_t> find_incident(store::Database& database, std::string_view id) {
  const auto all = incidents(database);
  const auto* const found = all.find(id);
  return found == nullptr ? std::nullopt : std::optional(found->first_seq);
}

IncidentText text_of(store::Database& database, const compliance::Incident& incident) {
  IncidentText out;
  for (const auto seq : incident.entries) {
    const auto stored = ledger::read_entry(database, seq);
    if (!stored) refuse(seq, "the entry of an incident is missing");
    if (stored->entry.sealed_hash) add_text(database, stored->entry, out);
  }
  return out;
}

}  // namespace lexecon::oversight
