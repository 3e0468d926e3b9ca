// What was decided and what was declared as used, of each tenant, model or actor; and how the budgets stand.
//
// Shapes   lexecon.usage_report/1; sums from entries, each hashed again; a budget as the next decision finds it
// Units    a sum above 2^53-1 is told as 2^53-1
// Source   lexecon-usage-report(1)
#pragma once

#include "decision/limits.hpp"
#include "json/fwd.hpp"
#include "service/node.hpp"
#include "service/oversight_acts.hpp"

namespace lexecon::service {

/// `by` is not the node, of which every report has the total.
[[nodiscard]] Json usage_report(const Node& node, decision::Per by, const Period& period,
                                Timestamp now);

}  // namespace lexecon::service
