// That a report was made, on record: of what, for whom, and the digest of each of its files.
//
// Shapes   report.made; an operator signs it where the report shows sealed content
// Errors   Error{not_permitted} where sealed content takes the signature of a compliance officer
// Source   lexecon-ledger(5), report.made
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json/fwd.hpp"
#include "service/approval.hpp"

namespace lexecon::reporting {

struct ReportFile {
  std::string format;  // as in "html"
  std::string bytes;
};

struct MadeReport {
  const Json& model;  // lexecon.report/1
  std::optional<std::string> decision;
  std::optional<std::string> incident;
};

/// {approval, entry_hash, ledger_entry_id, seq, timestamp} of the entry.
[[nodiscard]] Json record_report(const service::Node& node, const MadeReport& made,
                                 const std::vector<ReportFile>& files,
                                 const std::optional<service::Signatory>& signatory,
                                 service::Session& session);

}  // namespace lexecon::reporting
