#include "statement_text.hpp"

#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

/// Empty where nothing was said: the line is left out then.
std::string told(const Json& document, const char* member) {
  return document[member].is_null() ? std::string() : shown(document, member);
}

std::string conclusion_of(const Json& document) {
  if (document["statement"] != "assessed") return {};
  const Json& satisfied = document["satisfied"];
  if (satisfied.is_null()) return "left out";
  return satisfied.get<bool>() ? "satisfied" : "not satisfied";
}

std::string period_of(const Json& document) {
  if (document["from"].is_null()) return {};
  return shown(document, "from") + " to " + shown(document, "to");
}

}  // namespace

std::string statement_text(const Json& document) {
  const Json& system = document["system"];
  return facts({{"statement", shown(document, "statement")},
                {"item", shown(document, "rulebook") + ":" + shown(document, "item")},
                {"system", system.is_null() ? "the whole node" : shown(system)},
                {"kind", told(document, "kind")},
                {"evidence", told(document, "evidence_id")},
                {"conclusion", conclusion_of(document)},
                {"period", period_of(document)},
                {"expires on", told(document, "expires_on")},
                {"state", told(document, "state")},
                {"owner", told(document, "owner")},
                {"due", told(document, "due")},
                {"text", shown(document, "text")},
                {"rulebook", "sha256 " + shown(document, "rulebook_sha256")},
                {"by", shown(document, "actor")},
                {"at", shown(document, "timestamp")},
                {"entry", shown(document, "ledger_entry_id")}});
}

std::string withdrawal_text(const Json& document) {
  return facts({{"withdrawn", shown(document, "statement_entry_id")},
                {"why", shown(document, "reason")},
                {"by", shown(document, "actor")},
                {"at", shown(document, "timestamp")},
                {"entry", shown(document, "ledger_entry_id")}});
}

}  // namespace lexecon::cli
