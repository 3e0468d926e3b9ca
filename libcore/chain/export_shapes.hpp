// The shapes of what leaves a node in packages.
//
// Source   lexecon-ledger(5), Event data
#pragma once

#include <span>

#include "chain/event_shapes.hpp"

namespace lexecon::chain {

[[nodiscard]] std::span<const EventShape> export_shapes();

}  // namespace lexecon::chain
