#include "responsibility_text.hpp"

#include "json/json.hpp"
#include "output.hpp"
#include "policy/term.hpp"

namespace lexecon::cli {
namespace {

std::string chain_of(const Json& document) {
  std::string out;
  for (const auto& each : document["delegated_from"]) out += shown(each) + " > ";
  return out.empty() ? out : out + shown(document, "responsible");
}

/// Nothing for null: the line is left out then.
std::string given(const Json& document, const char* member, const char* after = "") {
  return document[member].is_null() ? std::string() : shown(document, member) + after;
}

std::string reasoning_of(const Json& document) {
  return document["reasoning_erased"].get<bool>() ? "erased" : given(document, "reasoning");
}

std::string state_of(const Json& document) {
  if (!document["in_force"].get<bool>()) return "superseded";
  return document["overdue"].get<bool>() ? "overdue" : "in force";
}

}  // namespace

std::string who(const std::string& typed, const std::string& option) {
  if (typed.starts_with("operator:")) return typed;
  return policy::request_term(policy::TermType::actor, typed, option);
}

std::string assignment_text(const Json& document) {
  const bool is_signed = !document["signed_by"].is_null();
  return facts(
      {{"responsibility", shown(document, "responsibility_id")},
       {"decision", shown(document, "decision_id")},
       {"responsible", shown(document, "responsible")},
       {"maker", shown(document, "maker")},
       {"level", shown(document, "level")},
       {"delegated", chain_of(document)},
       {"confidence", given(document, "confidence", " %")},
       {"liability", document["liability_accepted"].get<bool>() ? "accepted" : "not accepted"},
       {"signed by", is_signed ? shown(document, "signed_by") : "nobody"},
       {"review due", given(document, "review_due")},
       {"reasoning", reasoning_of(document)},
       {"state", state_of(document)},
       {"at", shown(document, "timestamp")},
       {"entry", shown(document, "ledger_entry_id")}});
}

std::string assignment_table(const Json& documents) {
  std::vector<std::vector<std::string>> rows{{"SEQ", "STATE", "RESPONSIBLE", "MAKER", "LEVEL",
                                              "LIABILITY", "SIGNED BY", "REVIEW DUE", "DECISION"}};
  for (const auto& each : documents) {
    rows.push_back(
        {shown(each, "seq"), state_of(each), shown(each, "responsible"), shown(each, "maker"),
         shown(each, "level"), each["liability_accepted"].get<bool>() ? "accepted" : "-",
         shown(each, "signed_by"), shown(each, "review_due"), shown(each, "decision_id")});
  }
  return rows.size() == 1 ? "no assignments\n" : table(rows);
}

}  // namespace lexecon::cli
