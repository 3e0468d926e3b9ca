// The listed event types of incidents: what happened, what became of it, whom it was reported to.
//
// Source   lexecon-ledger(5), Event data, Incidents
#pragma once

#include <span>

#include "chain/event_shapes.hpp"

namespace lexecon::chain {

[[nodiscard]] std::span<const EventShape> incident_shapes();

}  // namespace lexecon::chain
