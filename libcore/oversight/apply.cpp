#include "oversight/apply.hpp"

#include "oversight/decisions.hpp"
#include "oversight/escalations.hpp"

namespace lexecon::oversight {

void apply(store::Database& database, const chain::Entry& entry) {
  if (entry.event_type == "decision") {
    apply_decision(database, entry);
  } else if (entry.event_type.starts_with("escalation.")) {
    apply_escalation(database, entry);
  }
}

}  // namespace lexecon::oversight
