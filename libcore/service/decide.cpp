#include "service/decide.hpp"

#include <algorithm>
#include <utility>

#include "decision/record.hpp"
#include "service/bench.hpp"
#include "service/decisions.hpp"
#include "service/ledger_facts.hpp"
#include "service/meter.hpp"
#include "service/mint.hpp"
#include "service/sets.hpp"
#include "service/tenants.hpp"

namespace lexecon::service {

std::vector<Decision> decide_all(const ledger::NodeFiles& files,
                                 std::span<const decision::Request> requests,
                                 const DecideOptions& options, Session& session) {
  return Bench(files, options, session).decide(requests);
}

Decision decide(const ledger::NodeFiles& files, const decision::Request& request,
                const DecideOptions& options, Session& session) {
  return std::move(decide_all(files, {&request, 1}, options, session).front());
}

Decision dry_run(const Node& node, const decision::Request& request, const DecideOptions& options,
                 const Session& session) {
  check_token_options(options.audience, options.life_seconds);
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto set = load_active(database);
  const auto at = std::max(session.now, last_entry_time(database));
  const auto* const in_force = set ? &*set : nullptr;
  require_tenant(request, in_force);
  auto screened =
      decision::screen(request, set ? set->node.on_prohibited : decision::OnProhibited::deny);
  auto facts = LedgerFacts(database, at).of(screened.request, in_force);
  if (screened.is_denied) hold(facts, policy::ReasonCode::prohibited_content);
  Meter(database, in_force, at).weigh(screened.request, facts);
  auto verdict = decision::judge(screened.request, in_force, facts, at);
  auto decision = unrecorded(screened.request, facts, std::move(verdict), at, options.via);
  decision.prohibited = std::move(screened.found);
  return decision;
}

Decision unrecorded(const decision::Request& request, const decision::Facts& facts,
                    decision::Verdict verdict, Timestamp at, std::string via) {
  Decision decision;
  decision.data = decision::decision_data({.decision_id = {},
                                           .at = at,
                                           .via = std::move(via),
                                           .request = request,
                                           .facts = facts,
                                           .verdict = verdict,
                                           .token = std::nullopt});
  decision.outcome = verdict.outcome;
  decision.at = at;
  decision.trace = std::move(verdict.trace);
  decision.files_not_in_force = std::move(verdict.files_not_in_force);
  return decision;
}

}  // namespace lexecon::service
