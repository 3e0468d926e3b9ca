// The listed event types of custody: models and prompts, gates, limits, holds, erasures.
//
// Source   lexecon-ledger(5), Event data
#pragma once

#include <span>

#include "chain/event_shapes.hpp"

namespace lexecon::chain {

[[nodiscard]] std::span<const EventShape> custody_shapes();

}  // namespace lexecon::chain
