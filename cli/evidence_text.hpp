// Evidence as people read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/fwd.hpp"

namespace lexecon::cli {

/// What --type may be.
inline constexpr std::string_view evidence_types =
    "decision_log|policy_snapshot|context_capture|screenshot|attestation|signature|audit_trail|"
    "external_report";

/// All of one lexecon.evidence/1.
[[nodiscard]] std::string evidence_text(const Json& document);
/// The heading of a list, then one row for each.
[[nodiscard]] std::string evidence_table(const Json& documents);

}  // namespace lexecon::cli
