// The report on human oversight: who did what, how fast, and where nobody did. Facts, no thresholds.
//
// Shapes   lexecon.oversight_report/1; every number comes with the ids of its entries, at most 10,000 of
//          them, and how many were left out
// Units    whole seconds between timestamps of entries; a quantile is the value of the nearest rank
// Source   lexecon-oversight-report(1)
#pragma once

#include "json/fwd.hpp"
#include "service/node.hpp"
#include "service/oversight_acts.hpp"

namespace lexecon::service {

/// `now` ends the wait of what is open still, unless the period ends before.
[[nodiscard]] Json oversight_report(const Node& node, const Period& period, Timestamp now);

}  // namespace lexecon::service
