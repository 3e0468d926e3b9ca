// The shape of the entry that says that a report was made.
//
// Source   lexecon-ledger(5), report.made
#pragma once

#include <span>

#include "chain/event_shapes.hpp"

namespace lexecon::chain {

[[nodiscard]] std::span<const EventShape> report_shapes();

}  // namespace lexecon::chain
