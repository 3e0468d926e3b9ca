#include "oversight/apply.hpp"

#include "oversight/decisions.hpp"
#include "oversight/escalations.hpp"
#include "oversight/evidence.hpp"
#include "oversight/overrides.hpp"
#include "oversight/responsibilities.hpp"
#include "oversight/stops.hpp"
#include "oversight/trips.hpp"
#include "oversight/usage.hpp"

namespace lexecon::oversight {

void apply(store::Database& database, const chain::Entry& entry) {
  if (entry.event_type == "decision") {
    apply_decision(database, entry);
    apply_usage(database, entry);
  } else if (entry.event_type == "decision.confirmed") {
    apply_confirmation(database, entry);
  } else if (entry.event_type.starts_with("escalation.")) {
    apply_escalation(database, entry);
  } else if (entry.event_type == "oversight.stopped" || entry.event_type == "oversight.resumed") {
    apply_stop(database, entry);
  } else if (entry.event_type == "oversight.intervened") {
    apply_intervention(database, entry);
  } else if (entry.event_type.starts_with("override.")) {
    apply_override(database, entry);
  } else if (entry.event_type.starts_with("evidence.")) {
    apply_evidence(database, entry);
  } else if (entry.event_type == "limit.tripped") {
    apply_trip(database, entry);
  } else if (entry.event_type == "responsibility.assigned") {
    apply_responsibility(database, entry);
  }
}

}  // namespace lexecon::oversight
