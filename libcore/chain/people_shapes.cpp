#include "chain/people_shapes.hpp"

#include <array>
#include <string>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "chain/decision_shape.hpp"

namespace lexecon::chain {
namespace {

void resolution(const Json& value, const Place& at) {
  one_of({"approved", "denied", "deferred", "escalated_up"},
         "approved, denied, deferred or escalated_up", value, at);
}

void override_type(const Json& value, const Place& at) {
  one_of({"policy_exception", "technical_emergency", "business_exception", "human_review",
          "executive_override", "emergency_bypass"},
         "a type of override", value, at);
}

void override_scope(const Json& value, const Place& at) {
  one_of({"single_decision", "multiple_decisions", "permanent_policy_change"},
         "single_decision, multiple_decisions or permanent_policy_change", value, at);
}

void evidence_type(const Json& value, const Place& at) {
  one_of({"decision_log", "policy_snapshot", "context_capture", "screenshot", "attestation",
          "signature", "audit_trail", "external_report"},
         "a type of evidence", value, at);
}

void stop_scope(const Json& value, const Place& at) {
  one_of({"all", "tenant", "actor"}, "all, tenant or actor", value, at);
}

void intervention_type(const Json& value, const Place& at) {
  one_of(
      {"approval", "override", "escalation", "emergency_stop", "policy_exception", "manual_review"},
      "a type of intervention", value, at);
}

void oversight_role(const Json& value, const Place& at) {
  one_of({"compliance_officer", "security_lead", "legal_counsel", "risk_manager", "executive",
          "soc_analyst"},
         "a role of oversight", value, at);
}

void flag(const Json& value, const Place& at) {
  if (!value.is_boolean()) refuse("true or false", at);
}

/// int_<ULID>, and likewise for the other prefixes.
template <const char* prefix>
void ulid_named(const Json& value, const Place& at) {
  line(value, at);
  if (!is_prefixed_ulid(value.get_ref<const std::string&>(), prefix)) {
    refuse(std::string("`") + prefix + "` and 26 characters", at);
  }
}
constexpr char intervention_prefix[] = "int_";
constexpr char responsibility_prefix[] = "rsp_";
constexpr char stop_prefix[] = "stp_";

void escalation_of_decision(const Json& data, const Place& at) {
  const std::string prefix = "esc_" + std::string(text_of(data, "decision_id")) + "_";
  if (!text_of(data, "escalation_id").starts_with(prefix)) {
    refuse("the id of an escalation of this decision", at.below("escalation_id"));
  }
}

void override_of_decision(const Json& data, const Place& at) {
  const std::string prefix = "ovr_" + std::string(text_of(data, "decision_id")) + "_";
  if (!text_of(data, "override_id").starts_with(prefix)) {
    refuse("the id of an override of this decision", at.below("override_id"));
  }
}

/// evd_<type>_<32 hex>
void evidence_of_type(const Json& data, const Place& at) {
  const std::string_view id = text_of(data, "evidence_id");
  const std::string prefix = "evd_" + std::string(text_of(data, "type")) + "_";
  if (!id.starts_with(prefix) || !is_hex(id.substr(prefix.size()), 32)) {
    refuse("`evd_<type>_<32 hex>`", at.below("evidence_id"));
  }
}

/// A control or a decision: what the evidence is for.
void link_of_something(const Json& data, const Place& at) {
  if (data.at("control").is_null() && data.at("decision_id").is_null()) {
    refuse("a control or a decision", at);
  }
}

/// A tenant's name, an actor's id, and for all nothing.
void target_of_scope(const Json& data, const Place& at) {
  const std::string_view scope = text_of(data, "scope");
  const Json& target = data.at("target");
  const Place here = at.below("target");
  if (scope == "all") {
    if (!target.is_null()) refuse("null: the stop is of all", here);
  } else if (scope == "actor") {
    actor_term(target, here);
  } else {
    free_identifier(target, here);
  }
}

constexpr auto operator_added = std::to_array<Member>({
    {"actors", list_of<actor_term>},
    {"operator", name_id},
    {"public_key", ssh_signer},
    {"role", role},
});
constexpr auto operator_rotated =
    std::to_array<Member>({{"operator", name_id}, {"public_key", ssh_signer}});
constexpr auto operator_revoked = std::to_array<Member>({{"operator", name_id}, {"reason", code}});
constexpr auto decision_confirmed = std::to_array<Member>({
    {"decision_id", decision_id},
    {"expires_at", entry_instant},
    {"requirement", requirement},
});
constexpr auto escalation_created = std::to_array<Member>({
    {"decision_id", decision_id},
    {"escalation_id", escalation_id},
    {"priority", priority},
    {"reasons", list_of<code>},
});
constexpr auto escalation_named =
    std::to_array<Member>({{"decision_id", decision_id}, {"escalation_id", escalation_id}});
constexpr auto escalation_assigned = std::to_array<Member>(
    {{"decision_id", decision_id}, {"escalation_id", escalation_id}, {"operator", name_id}});
constexpr auto escalation_raised = std::to_array<Member>(
    {{"decision_id", decision_id}, {"escalation_id", escalation_id}, {"priority", priority}});
constexpr auto escalation_resolved = std::to_array<Member>({
    {"decision_id", decision_id},
    {"escalation_id", escalation_id},
    {"expires_at", entry_instant},
    {"outcome", resolution},
});
constexpr auto override_created = std::to_array<Member>({
    {"decision_id", decision_id},
    {"expires_at", or_null<entry_instant>},
    {"new_outcome", outcome},
    {"override_id", override_id},
    {"relations", list_of<line>},
    {"scope", override_scope},
    {"type", override_type},
});
constexpr auto override_enacted =
    std::to_array<Member>({{"override_id", override_id}, {"policy_hash", hex_64}});
constexpr auto approval_refused = std::to_array<Member>({
    {"event_type", code},
    {"operator", name_id},
    {"reason", code},
    {"subject", line},
});
constexpr auto evidence_added =
    std::to_array<Member>({{"evidence_id", line}, {"type", evidence_type}});
constexpr auto evidence_linked = std::to_array<Member>({
    {"control", or_null<free_identifier>},
    {"decision_id", or_null<decision_id>},
    {"evidence_id", line},
});
constexpr auto responsibility_assigned = std::to_array<Member>({
    {"confidence", or_null<percent>},
    {"decision_id", decision_id},
    {"delegated_from", list_of<line>},
    {"level", responsibility_level},
    {"liability_accepted", flag},
    {"maker", maker},
    {"responsibility_id", ulid_named<responsibility_prefix>},
    {"responsible", line},
    {"review_due", or_null<entry_instant>},
});
constexpr auto oversight_stopped = std::to_array<Member>({
    {"reason", code},
    {"scope", stop_scope},
    {"stop_id", ulid_named<stop_prefix>},
    {"target", or_null<line>},
});
constexpr auto oversight_resumed =
    std::to_array<Member>({{"reason", code}, {"stop_id", ulid_named<stop_prefix>}});
constexpr auto oversight_intervened = std::to_array<Member>({
    {"decision_id", or_null<decision_id>},
    {"intervention_id", ulid_named<intervention_prefix>},
    {"role", oversight_role},
    {"type", intervention_type},
});
}  // namespace

std::span<const EventShape> people_shapes() {
  using enum Signing;
  static const auto table = std::to_array<EventShape>({
      {"operator.added", operator_added, by_operator},
      {"operator.rotated", operator_rotated, by_operator},
      {"operator.revoked", operator_revoked, by_operator},
      {"decision.confirmed", decision_confirmed, by_operator},
      {"escalation.created", escalation_created, never, escalation_of_decision},
      {"escalation.acknowledged", escalation_named, never, escalation_of_decision},
      {"escalation.breached", escalation_named, never, escalation_of_decision},
      {"escalation.raised", escalation_raised, never, escalation_of_decision},
      {"escalation.resolved", escalation_resolved, by_operator, escalation_of_decision},
      {"escalation.assigned", escalation_assigned, never, escalation_of_decision},
      {"escalation.failed", escalation_named, never, escalation_of_decision},
      {"override.created", override_created, by_operator, override_of_decision},
      {"override.enacted", override_enacted},
      {"approval.refused", approval_refused},
      {"evidence.added", evidence_added, never, evidence_of_type},
      {"evidence.linked", evidence_linked, never, link_of_something},
      {"responsibility.assigned", responsibility_assigned, if_wanted},
      {"oversight.stopped", oversight_stopped, if_wanted, target_of_scope},
      {"oversight.resumed", oversight_resumed, by_operator},
      {"oversight.intervened", oversight_intervened, by_operator},
  });
  return table;
}

}  // namespace lexecon::chain
