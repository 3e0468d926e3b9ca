// A report as documents of OSCAL.
//
// Shapes   OSCAL 1.2.1 in JSON. Observations say what is on record; findings stand only where a named assessor concluded
//          something; items of a plan are the gaps. Every UUID is made of the ledger's root and of ids
// Errors   Error{not_found} for a plan of a report without a gap, which OSCAL has no shape for
// Source   NIST OSCAL 1.2.1; lexecon-report(5), OSCAL
#pragma once

#include "json/fwd.hpp"

namespace lexecon::report {

[[nodiscard]] Json assessment_results(const Json& model);
[[nodiscard]] Json plan_of_action(const Json& model);

}  // namespace lexecon::report
