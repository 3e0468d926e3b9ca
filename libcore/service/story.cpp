#include "service/story.hpp"

#include "base/error.hpp"
#include "ledger/reader.hpp"
#include "oversight/stops.hpp"
#include "registry/operators.hpp"
#include "service/approval.hpp"

namespace lexecon::service {
namespace {

constexpr const char* entries_that_name_it =
    "SELECT seq FROM entries WHERE event_type IN ('decision', 'token.issued', "
    "'decision.confirmed', 'override.created', 'escalation.created', 'escalation.acknowledged', "
    "'escalation.assigned', 'escalation.raised', 'escalation.breached', 'escalation.resolved', "
    "'escalation.failed', 'responsibility.assigned') AND seq >= ?1 AND instr(body, ?2) > 0 ORDER "
    "BY seq";

}  // namespace

Story story_of(store::Database& database, const std::string& decision_id) {
  const auto seq = require_decision(database, decision_id);
  auto people = std::make_unique<authority::People>(
      authority::People{registry::operators(database), oversight::stops(database)});
  authority::DecisionStory told(*people);
  auto query = database.prepare(entries_that_name_it);
  query.bind(1, static_cast<std::int64_t>(seq)).bind_blob(2, '"' + decision_id + '"');
  while (query.step()) {
    const auto stored = ledger::read_entry(database, static_cast<std::uint64_t>(query.integer(0)));
    if (!stored || stored->entry.data.value("decision_id", Json()) != decision_id) continue;
    if (const auto fault = told.take(stored->entry, stored->hash)) {
      throw Error(ErrorCode::integrity, *fault, chain::entry_id(stored->entry.seq),
                  "run lexecon ledger verify");
    }
  }
  return {std::move(people), read_decision(database, seq), std::move(told)};
}

void require_next(const Story& story, const ledger::Draft& draft, const Act& act) {
  auto next = story.told;
  const auto fault = next.take(entry_of(draft, act.origin(), act.size(), act.at()), {});
  if (fault) throw Error(ErrorCode::bad_input, *fault);
}

}  // namespace lexecon::service
