#include "authority/responsibility.hpp"

#include <algorithm>
#include <set>

#include "chain/term.hpp"
#include "decision/record.hpp"
#include "json/json.hpp"

namespace lexecon::authority {
namespace {

constexpr std::string_view operator_prefix = "operator:";

std::string in_backticks(std::string_view name) { return "`" + std::string(name) + "`"; }

std::optional<std::string_view> operator_in(std::string_view who) {
  if (!who.starts_with(operator_prefix)) return std::nullopt;
  return who.substr(operator_prefix.size());
}

Fault responsible_fault(const Assignment& assignment, const Operators& operators,
                        std::uint64_t seq) {
  const std::string& who = assignment.responsible;
  if (const auto id = operator_in(who)) {
    if (operators.find(*id, seq) != nullptr) return std::nullopt;
    return "no operator " + in_backticks(*id) + " is in force, who could answer for a decision";
  }
  if (chain::is_term(who, "actor:")) return std::nullopt;
  return in_backticks(who) + " is neither an operator nor an actor";
}

// Who handed it down may have left since.
Fault delegator_fault(const std::string& who, const Operators& operators, std::uint64_t seq) {
  if (const auto id = operator_in(who)) {
    const auto* const found = operators.find_ever(*id);
    if (found != nullptr && found->added_seq < seq) return std::nullopt;
    return "there is no operator " + in_backticks(*id) + " who could delegate";
  }
  if (chain::is_term(who, "actor:")) return std::nullopt;
  return in_backticks(who) + " is neither an operator nor an actor";
}

Fault delegation_fault(const Assignment& assignment, const Operators& operators,
                       std::uint64_t seq) {
  const bool is_delegated = assignment.maker == "delegated";
  if (is_delegated && assignment.delegated_from.empty()) {
    return "the maker is `delegated`, and nobody is named who did";
  }
  if (!is_delegated && !assignment.delegated_from.empty()) {
    return "a chain of delegation is that of the maker `delegated`, not of " +
           in_backticks(assignment.maker);
  }
  std::set<std::string_view> seen{assignment.responsible};
  for (const auto& who : assignment.delegated_from) {
    if (!seen.insert(who).second) return in_backticks(who) + " is twice in the chain of delegation";
    if (auto fault = delegator_fault(who, operators, seq)) return fault;
  }
  return std::nullopt;
}

}  // namespace

Assignment assignment_in(const chain::Entry& entry) {
  const Json& data = entry.data;
  const auto text = [&](const char* name) { return data.at(name).get<std::string>(); };
  Assignment out{.id = text("responsibility_id"),
                 .decision_id = text("decision_id"),
                 .responsible = text("responsible"),
                 .maker = text("maker"),
                 .level = text("level"),
                 .delegated_from = data.at("delegated_from").get<std::vector<std::string>>(),
                 .liability_accepted = data.at("liability_accepted").get<bool>()};
  if (!data.at("confidence").is_null()) out.confidence = data.at("confidence").get<std::int64_t>();
  if (!data.at("review_due").is_null()) out.review_due = entry_time(text("review_due"));
  if (const auto approval = data.find("approval"); approval != data.end()) {
    out.signed_by = approval->at("operator").get<std::string>();
  }
  return out;
}

Json to_data(const Assignment& assignment) {
  return {{"confidence", assignment.confidence ? Json(*assignment.confidence) : Json()},
          {"decision_id", assignment.decision_id},
          {"delegated_from", assignment.delegated_from},
          {"level", assignment.level},
          {"liability_accepted", assignment.liability_accepted},
          {"maker", assignment.maker},
          {"responsibility_id", assignment.id},
          {"responsible", assignment.responsible},
          {"review_due", assignment.review_due ? Json(to_text(*assignment.review_due)) : Json()}};
}

Fault assignment_fault(const Assignment& assignment, Timestamp at, const Operators& operators,
                       std::uint64_t seq) {
  if (auto fault = responsible_fault(assignment, operators, seq)) return fault;
  if (auto fault = delegation_fault(assignment, operators, seq)) return fault;
  if (assignment.review_due && *assignment.review_due <= at) {
    return "the review is due at " + to_text(*assignment.review_due) + ", which is not to come";
  }
  // SECURITY: nobody puts a liability on somebody else, whatever his role.
  if (assignment.liability_accepted &&
      (!assignment.signed_by ||
       assignment.responsible != std::string(operator_prefix) + *assignment.signed_by)) {
    return "liability is accepted for " + in_backticks(assignment.responsible) +
           ", and nobody but that operator can, by a signature";
  }
  return std::nullopt;
}

bool is_person(std::string_view who) { return operator_in(who) || decision::is_human(who); }

}  // namespace lexecon::authority
