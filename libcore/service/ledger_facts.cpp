#include "service/ledger_facts.hpp"

#include "oversight/stops.hpp"

namespace lexecon::service {

LedgerFacts::LedgerFacts(store::Database& database) : stops_(oversight::stops(database)) {}

decision::Facts LedgerFacts::of(const decision::Request& request) const {
  return {.approvals = {}, .exceptions = {}, .guard = guard_of(stops_, request)};
}

std::optional<policy::ReasonCode> guard_of(const authority::Stops& stops,
                                           const decision::Request& request) {
  const auto* const stop = stops.find(request.actor, request.tenant.value_or(""));
  return stop == nullptr ? std::nullopt : std::optional(policy::ReasonCode::emergency_stop);
}

}  // namespace lexecon::service
