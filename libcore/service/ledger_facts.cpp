#include "service/ledger_facts.hpp"

#include <algorithm>
#include <utility>

#include "decision/registry_guard.hpp"
#include "oversight/stops.hpp"
#include "registry/registrations.hpp"

namespace lexecon::service {

LedgerFacts::LedgerFacts(store::Database& database, Timestamp at)
    : stops_(oversight::stops(database)),
      overrides_(oversight::standing_overrides(database, at)),
      registrations_(registry::registrations(database)),
      at_(at) {}

decision::Facts LedgerFacts::of(const decision::Request& request, const decision::ActiveSet* set,
                                decision::Facts answered) const {
  answered.registry =
      registrations_.fact(request.model, request.prompt, authority::Operators::last, at_);
  const auto* const stop = stops_.find(request.actor, request.tenant.value_or(""));
  if (stop != nullptr) {
    answered.guard = policy::ReasonCode::emergency_stop;
  } else if (set != nullptr) {
    answered.guard = decision::registry_guard(set->node.registry, answered);
  }
  if (overrides_.empty()) return answered;
  auto& exceptions = answered.exceptions;
  const auto asked = authority::coverage_of(request);
  for (const auto& [made, coverage] : overrides_) {
    const bool is_there =
        std::find(exceptions.begin(), exceptions.end(), made.exception) != exceptions.end();
    if (!is_there && authority::covers(coverage, asked)) exceptions.push_back(made.exception);
  }
  return answered;
}

}  // namespace lexecon::service
