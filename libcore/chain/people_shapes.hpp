// The listed event types in which people act: operators, escalations, confirmations, overrides, evidence,
// responsibility, stops.
//
// Source   lexecon-ledger(5), Event data
#pragma once

#include <span>

#include "chain/event_shapes.hpp"

namespace lexecon::chain {

[[nodiscard]] std::span<const EventShape> people_shapes();

}  // namespace lexecon::chain
