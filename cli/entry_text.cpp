#include "entry_text.hpp"

#include "json/json.hpp"
#include "registry/tokens.hpp"

namespace lexecon::cli {

std::string subject(const Json& data) {
  std::string out;
  for (const auto* member : {"outcome", "reason_code", "action", "resource"}) {
    const auto found = data.find(member);
    if (found == data.end() || !found->is_string()) continue;
    out += (out.empty() ? "" : " ") + found->get<std::string>();
  }
  if (!out.empty()) return out;
  for (const auto* member :
       {"escalation_id", "decision_id", "jti", "policy_hash", "kid", "node_id"}) {
    const auto found = data.find(member);
    if (found != data.end() && found->is_string()) return found->get<std::string>();
  }
  return "-";
}

ledger::EntryFilter with_tokens(ledger::EntryFilter filter, store::Database& database) {
  if (!filter.decision_id) return filter;
  for (const auto& row : registry::tokens_of(database, *filter.decision_id)) {
    filter.jtis.push_back(row.record.jti);
  }
  return filter;
}

}  // namespace lexecon::cli
