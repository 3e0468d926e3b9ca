#include "authority/decision_story.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "authority/responsibility.hpp"
#include "chain/event.hpp"
#include "json/json.hpp"
#include "policy/document.hpp"

namespace lexecon::authority {
namespace {

std::string text(const Json& object, const char* name) {
  const Json& value = object.at(name);
  return value.is_null() ? std::string() : value.get<std::string>();
}

std::string in_backticks(std::string_view name) { return "`" + std::string(name) + "`"; }

std::optional<Timestamp> time_in(const Json& data, const char* name) {
  return data.at(name).is_null() ? std::nullopt : entry_time(text(data, name));
}

decision::Approval approval_in(const chain::Entry& entry, std::string requirement) {
  return {.operator_id = text(entry.data.at("approval"), "operator"),
          .requirement = std::move(requirement),
          .seq = entry.seq};
}

bool holds(const std::optional<Timestamp>& expires_at, Timestamp at) {
  return !expires_at || at < *expires_at;
}

}  // namespace

Fault DecisionStory::take(const chain::Entry& entry, const Hash& hash) {
  if (entry.event_type == "decision") return decide(entry, hash);
  if (id_.empty()) {
    const auto name = in_backticks(text(entry.data, "decision_id"));
    if (entry.event_type == "token.issued") {
      return "the token is issued for " + name + ", which nobody decided";
    }
    return entry.event_type + " names " + name + ", which nobody decided";
  }
  if (entry.event_type == "token.issued") return issue(entry);
  if (entry.event_type == "gate.checked") return pass(entry);
  if (entry.event_type == "escalation.created") return escalate(entry, hash);
  // What nobody signed counts for nothing; another check says so.
  const bool is_signed = entry.data.contains("approval");
  if (!is_signed && chain::is_signed_by_operator(entry.event_type)) return std::nullopt;
  if (auto fault = approval_fault(entry)) return fault;
  if (entry.event_type.starts_with("escalation.")) return name_escalation(entry);
  if (entry.event_type == "decision.confirmed") return confirm(entry);
  if (entry.event_type == "override.created") return replace(entry);
  if (entry.event_type == "responsibility.assigned") return assign(entry);
  return std::nullopt;
}

Fault DecisionStory::decide(const chain::Entry& entry, const Hash& hash) {
  const Json& data = entry.data;
  const auto id = text(data, "decision_id");
  if (!id_.empty()) return "the decision " + in_backticks(id) + " is there a second time";
  id_ = id;
  hash_ = hash;
  asked_ = coverage_of(data);
  outcome_ = text(data, "outcome");
  at_ = entry.timestamp;
  owners_ = data.at("owners").get<std::vector<std::string>>();
  unmet_ = data.at("policy").at("unmet").get<std::vector<std::string>>();
  has_token_ = !data.at("token").is_null();
  return std::nullopt;
}

decision::Facts DecisionStory::facts(Timestamp at) const {
  decision::Facts out;
  for (const auto& each : approving_) {
    if (!holds(each.expires_at, at)) continue;
    out.approvals.push_back(each.approval);
    if (each.exception) out.exceptions.push_back(*each.exception);
  }
  return out;
}

Fault DecisionStory::token_fault(Timestamp at) const {
  const auto name = in_backticks(id_);
  if (is_refused_) return "people refused " + name;
  if (!facts(at).approvals.empty()) return std::nullopt;
  if (outcome_ != "approved") {
    return "the token is issued for " + name + ", which is not approved";
  }
  if (has_token_) return name + " has its one token, and nobody approved another";
  return std::nullopt;
}

bool DecisionStory::is_approved(Timestamp at) const {
  constexpr std::int64_t life_micros = std::int64_t{24} * 60 * 60 * 1'000'000;
  if (!facts(at).approvals.empty()) return true;
  return outcome_ == "approved" && !is_refused_ && at.micros - at_.micros < life_micros;
}

Fault DecisionStory::facts_fault(const chain::Entry& entry, const std::string& what) const {
  const auto expected = facts(entry.timestamp);
  const auto given = decision::parse_facts(entry.data.at("facts"));
  if (given.approvals != expected.approvals) {
    return what + " rests on other approvals than those on record for " + in_backticks(id_);
  }
  for (const auto& each : expected.exceptions) {
    if (std::count(given.exceptions.begin(), given.exceptions.end(), each) == 1) continue;
    return what + " does not rest on " + in_backticks(each.override_id);
  }
  return std::nullopt;
}

// SECURITY: a gate passes what is approved at that time, by whom it says, and nothing else.
Fault DecisionStory::pass(const chain::Entry& entry) const {
  if (auto fault = facts_fault(entry, "the gate")) return fault;
  if (text(entry.data, "judged") != "approved") return std::nullopt;
  const auto name = in_backticks(id_);
  if (is_refused_) return "the gate approves " + name + ", which people refused";
  if (outcome_ != "approved" && facts(entry.timestamp).approvals.empty()) {
    return "the gate approves " + name + ", which is " + outcome_ + ", and nobody approved it";
  }
  if (people_->stops.find(asked_.actor, asked_.tenant.value_or(""), entry.seq) != nullptr) {
    return "the gate approves " + name + " while its actor is stopped";
  }
  if (text(entry.data, "outcome") == "passed" && !is_approved(entry.timestamp)) {
    return "the gate passes " + name + ", whose approval is over";
  }
  return std::nullopt;
}

// SECURITY: a token rests on exactly what people approved and no token before it used up.
Fault DecisionStory::issue(const chain::Entry& entry) {
  if (auto fault = token_fault(entry.timestamp)) return fault;
  if (people_->stops.find(asked_.actor, asked_.tenant.value_or(""), entry.seq) != nullptr) {
    return "the token is issued for " + in_backticks(id_) + " while its actor is stopped";
  }
  if (auto fault = facts_fault(entry, "the token")) return fault;
  if (facts(entry.timestamp).approvals.empty()) {
    has_token_ = true;
  } else {
    approving_.clear();
    is_spent_ = true;
  }
  return std::nullopt;
}

Fault DecisionStory::escalate(const chain::Entry& entry, const Hash& hash) {
  const auto name = in_backticks(id_);
  if (outcome_ != "escalated") return "an escalation of " + name + ", which is not escalated";
  if (escalation_) return name + " is escalated a second time";
  escalation_ = {.id = text(entry.data, "escalation_id"), .hash = hash, .standing = {}};
  escalation_->standing.priority =
      decision::priority_from(text(entry.data, "priority")).value_or(decision::Priority::medium);
  return std::nullopt;
}

Fault DecisionStory::name_escalation(const chain::Entry& entry) {
  const Json& data = entry.data;
  const auto id = text(data, "escalation_id");
  if (!escalation_ || escalation_->id != id) {
    return "the escalation " + in_backticks(id) + " was never created";
  }
  const auto member = [&](const char* name) {
    return data.contains(name) ? std::string_view(data.at(name).get_ref<const std::string&>())
                               : std::string_view();
  };
  const EscalationStep step{.event_type = entry.event_type,
                            .priority = member("priority"),
                            .outcome = member("outcome"),
                            .assignee = member("operator")};
  if (auto why = authority::take(escalation_->standing, step)) {
    return "the escalation " + in_backticks(id) + " is " + *why;
  }
  if (step.outcome == "approved") {
    approving_.push_back({approval_in(entry, std::string(policy::human_confirmation)),
                          time_in(data, "expires_at"), std::nullopt});
  } else if (step.outcome == "denied") {
    is_refused_ = true;
    approving_.clear();
  }
  return std::nullopt;
}

Fault DecisionStory::confirm(const chain::Entry& entry) {
  const auto requirement = text(entry.data, "requirement");
  if (outcome_ == "denied" || outcome_ == "approved") {
    return in_backticks(id_) + " is " + outcome_ + ", and no confirmation changes that";
  }
  if (is_refused_) return "people refused " + in_backticks(id_);
  if (std::find(unmet_.begin(), unmet_.end(), requirement) == unmet_.end()) {
    return in_backticks(id_) + " does not wait for " + in_backticks(requirement);
  }
  approving_.push_back(
      {approval_in(entry, requirement), time_in(entry.data, "expires_at"), std::nullopt});
  return std::nullopt;
}

// A permanent change lifts nothing: the set that is activated for it does.
Fault DecisionStory::replace(const chain::Entry& entry) {
  if (auto fault = override_fault(entry)) return fault;
  auto made = parse_override(entry);
  if (made.scope == OverrideScope::permanent_policy_change) return std::nullopt;
  is_refused_ = !made.approves;
  if (made.approves) {
    const auto expires_at = made.exception.expires_at;
    approving_.push_back({approval_in(entry, std::string(policy::human_confirmation)), expires_at,
                          std::move(made.exception)});
  } else {
    approving_.clear();
  }
  return std::nullopt;
}

Fault DecisionStory::assign(const chain::Entry& entry) {
  const auto assignment = assignment_in(entry);
  if (is_answered_for_ && !assignment.signed_by) {
    return "somebody signed for " + in_backticks(id_) + ", and only a signature replaces that";
  }
  if (auto fault = assignment_fault(assignment, entry.timestamp, people_->operators, entry.seq)) {
    return fault;
  }
  is_answered_for_ = assignment.signed_by.has_value();
  return std::nullopt;
}

/// What the approval of an entry says of this decision or its escalation, and who may answer for it.
Fault DecisionStory::approval_fault(const chain::Entry& entry) const {
  if (!entry.data.contains("approval")) return std::nullopt;
  const auto kind = subject_of(entry).kind;
  std::optional<Hash> introduced;
  if (kind == Subject::Kind::decision) introduced = hash_;
  if (kind == Subject::Kind::escalation && escalation_) introduced = escalation_->hash;
  if (const auto refused = check_subject(entry, introduced)) return refused->sentence;
  if (!takes_four_eyes(entry.event_type)) return std::nullopt;
  const auto refused = check_four_eyes(entry, people_->operators, asked_.actor, owners_);
  return refused ? Fault(refused->sentence) : std::nullopt;
}

}  // namespace lexecon::authority
