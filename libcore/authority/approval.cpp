#include "authority/approval.hpp"

#include <algorithm>

#include "base/time.hpp"
#include "chain/event.hpp"
#include "crypto/ssh_signer.hpp"
#include "crypto/sshsig.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"

namespace lexecon::authority {
namespace {

constexpr std::int64_t minute = std::int64_t{60} * 1'000'000;
constexpr std::int64_t most_before = 24 * 60 * minute;
constexpr std::int64_t most_after = 5 * minute;

std::string_view text(const Json& object, const char* name) {
  return object.at(name).get_ref<const std::string&>();
}

Subject named(Subject::Kind kind, const chain::Entry& entry, const char* member) {
  return {kind, std::string(text(entry.data, member))};
}

std::string in_backticks(std::string_view name) { return "`" + std::string(name) + "`"; }

Refusal refusal(std::string_view code, std::string sentence) {
  return {std::string(code), std::move(sentence)};
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> known) {
  return std::find(known.begin(), known.end(), text) != known.end();
}

/// What a role does not allow, but for who is meant.
std::optional<Refusal> check_role(const chain::Entry& entry, const Operator& signer) {
  const std::string_view event_type = entry.event_type;
  const bool is_own = event_type == "operator.rotated" && text(entry.data, "operator") == signer.id;
  const Role least = least_role(event_type);
  if (signer.role < least && !is_own) {
    return refusal("insufficient_role", "the role of " + in_backticks(signer.id) + " is " +
                                            std::string(to_string(signer.role)) + ", and " +
                                            std::string(event_type) + " takes " +
                                            std::string(to_string(least)));
  }
  if (event_type == "operator.revoked" && text(entry.data, "operator") == signer.id) {
    return refusal("self_revocation", in_backticks(signer.id) + " cannot revoke himself");
  }
  return std::nullopt;
}

std::optional<Refusal> check_time(const chain::Entry& entry, const Json& approval) {
  const auto issued_at = entry_time(text(approval, "issued_at"));
  if (!issued_at || issued_at->micros < entry.timestamp.micros - most_before) {
    return refusal("stale", "it was signed more than 24 hours before");
  }
  if (issued_at->micros > entry.timestamp.micros + most_after) {
    return refusal("from_the_future", "it was signed more than 5 minutes after");
  }
  return std::nullopt;
}

}  // namespace

Subject subject_of(const chain::Entry& entry) {
  using Kind = Subject::Kind;
  const std::string_view type = entry.event_type;
  if (is_one_of(type, {"log.closed", "key.rotated", "export.requested", "ledger.archived",
                       "report.made"})) {
    return {Kind::log, entry.origin};
  }
  if (type == "operator.added") return named(Kind::itself, entry, "operator");
  if (type.starts_with("operator.")) return named(Kind::operator_id, entry, "operator");
  if (type == "key.removed") return named(Kind::token_key, entry, "kid");
  if (type == "policy.activated") return named(Kind::itself, entry, "policy_hash");
  if (type.starts_with("escalation.")) return named(Kind::escalation, entry, "escalation_id");
  if (type == "hold.placed") return named(Kind::itself, entry, "hold_id");
  if (type == "hold.released") return named(Kind::hold, entry, "hold_id");
  if (type == "sealed.erased") {
    return {Kind::sealed, "sealed", entry.data.at("seqs").get<std::vector<std::uint64_t>>()};
  }
  if (type == "incident.recorded") return named(Kind::itself, entry, "incident_id");
  if (type.starts_with("incident.")) return named(Kind::incident, entry, "incident_id");
  if (type == "export.approved") {
    const auto request = entry.data.at("request").get<std::uint64_t>();
    return {Kind::sealed, chain::entry_id(request), {request}};
  }
  if (type == "compliance.withdrawn") {
    const auto statement = entry.data.at("statement").get<std::uint64_t>();
    return {Kind::statement, chain::entry_id(statement), {statement}};
  }
  if (type == "profile.set") return named(Kind::itself, entry, "system");
  if (type.starts_with("compliance.")) {
    return {Kind::itself, std::string(text(entry.data, "rulebook")) + ":" +
                              std::string(text(entry.data, "item"))};
  }
  if (type == "privacy.exported") return named(Kind::itself, entry, "subject");
  if (type == "model.registered") return named(Kind::itself, entry, "model");
  if (type == "prompt.registered") return named(Kind::itself, entry, "prompt");
  if (type.starts_with("model.")) return named(Kind::model, entry, "model");
  if (type.starts_with("prompt.")) return named(Kind::prompt, entry, "prompt");
  if (type == "oversight.stopped") return named(Kind::itself, entry, "stop_id");
  if (type == "oversight.resumed") return named(Kind::stop, entry, "stop_id");
  if (type == "oversight.intervened" && entry.data.at("decision_id").is_null()) {
    return named(Kind::itself, entry, "intervention_id");
  }
  return named(Kind::decision, entry, "decision_id");
}

std::string signed_bytes(const chain::Entry& entry) {
  Json statement = entry.data;
  Json whole = std::move(statement.at("approval"));
  statement.erase("approval");
  whole.erase("sshsig");
  whole["typ"] = "lexecon-approval/1";
  whole["origin"] = entry.origin;
  whole["event_type"] = entry.event_type;
  whole["sealed_hash"] = entry.sealed_hash ? Json(entry.sealed_hash->hex()) : Json();
  whole["statement"] = std::move(statement);
  return json::canonical(whole);
}

bool may_be_unsigned(const chain::Entry& entry, const Operators& operators) {
  if (!chain::is_signed_by_operator(entry.event_type)) return true;
  const bool may_disclose = is_one_of(entry.event_type, {"export.requested", "report.made"});
  if (may_disclose && text(entry.data, "disclosure") == "none") return true;
  if (operators.any(entry.seq)) return false;
  if (entry.event_type == "operator.added") return text(entry.data, "role") == "admin";
  return is_one_of(entry.event_type, {"policy.activated", "key.removed", "key.rotated",
                                      "log.closed", "export.requested", "privacy.exported"});
}

Role least_role(std::string_view event_type) {
  if (is_one_of(event_type, {"operator.added", "operator.rotated", "operator.revoked",
                             "policy.activated", "key.removed", "log.closed"})) {
    return Role::admin;
  }
  // These permit nothing: they say who stopped, answers, saw an incident, or registered and so may not
  // approve.
  if (is_one_of(event_type, {"oversight.stopped", "responsibility.assigned", "incident.recorded",
                             "model.registered", "prompt.registered"})) {
    return Role::viewer;
  }
  return Role::compliance_officer;
}

std::optional<Refusal> check_approval(const chain::Entry& entry, const Operators& operators) {
  const Json& approval = entry.data.at("approval");
  const std::string_view id = text(approval, "operator");
  const Operator* const signer = operators.find(id, entry.seq);
  if (signer == nullptr) {
    const bool was = operators.find_ever(id) != nullptr;
    return refusal(
        was ? "revoked_operator" : "unknown_operator",
        "the operator " + in_backticks(id) + (was ? " was revoked" : " is not on record"));
  }
  if (entry.actor != "operator:" + signer->id) {
    return refusal("wrong_actor", "the entry is by " + in_backticks(entry.actor) +
                                      ", the approval by " + in_backticks(signer->id));
  }
  if (text(approval, "role") != to_string(signer->role)) {
    return refusal("wrong_role",
                   "the approval claims the role " + in_backticks(text(approval, "role")));
  }
  if (auto refused = check_role(entry, *signer)) return refused;
  if (auto refused = check_time(entry, approval)) return refused;
  const auto fault = crypto::sshsig_fault(text(approval, "sshsig"), signed_bytes(entry),
                                          crypto::parse_ssh_signer(signer->public_key));
  if (!fault) return std::nullopt;
  return refusal(to_string(*fault), "the signature of " + in_backticks(id) +
                                        " is not valid: " + std::string(to_string(*fault)));
}

std::optional<Refusal> check_subject(const chain::Entry& entry,
                                     const std::optional<Hash>& introduced) {
  const Json& approval = entry.data.at("approval");
  const Subject subject = subject_of(entry);
  if (text(approval, "subject") != subject.name) {
    return refusal("wrong_subject", "it was signed for " + in_backticks(text(approval, "subject")) +
                                        ", not for " + in_backticks(subject.name));
  }
  const bool is_itself = subject.kind == Subject::Kind::itself;
  if (!is_itself && !introduced) {
    return refusal("wrong_subject", in_backticks(subject.name) + " is not on record");
  }
  if (text(approval, "subject_digest") != (is_itself ? Hash{} : *introduced).hex()) {
    return refusal("wrong_digest", "it was signed for another " + in_backticks(subject.name));
  }
  return std::nullopt;
}

bool takes_four_eyes(std::string_view event_type) {
  return is_one_of(event_type, {"escalation.resolved", "decision.confirmed", "override.created"});
}

bool is_own(const Operator& signer, std::string_view actor,
            const std::vector<std::string>& owners) {
  const auto speaks_for = [&](std::string_view id) {
    return std::find(signer.actors.begin(), signer.actors.end(), id) != signer.actors.end();
  };
  return speaks_for(actor) || std::any_of(owners.begin(), owners.end(), speaks_for);
}

std::optional<Refusal> check_four_eyes(const chain::Entry& entry, const Operators& operators,
                                       std::string_view actor,
                                       const std::vector<std::string>& owners) {
  const auto* const signer = operators.find(text(entry.data.at("approval"), "operator"), entry.seq);
  if (signer == nullptr || !is_own(*signer, actor, owners)) return std::nullopt;
  if (operators.one_suffices(entry.seq)) return std::nullopt;
  return refusal("own_request", in_backticks(signer->id) + " speaks for " + in_backticks(actor) +
                                    " or its owner, and nobody answers for his own request");
}

bool is_lone(const chain::Entry& entry, const Operators& operators, std::string_view actor,
             const std::vector<std::string>& owners) {
  const auto* const signer = operators.find(text(entry.data.at("approval"), "operator"), entry.seq);
  return signer != nullptr && is_own(*signer, actor, owners);
}

}  // namespace lexecon::authority
