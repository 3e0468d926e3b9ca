#include "authority/overrides.hpp"

#include <algorithm>
#include <array>

#include "json/json.hpp"

namespace lexecon::authority {
namespace {

constexpr auto scopes = std::to_array<std::pair<OverrideScope, std::string_view>>({
    {OverrideScope::single_decision, "single_decision"},
    {OverrideScope::multiple_decisions, "multiple_decisions"},
    {OverrideScope::permanent_policy_change, "permanent_policy_change"},
});

std::string text(const Json& object, const char* name) {
  return object.at(name).get<std::string>();
}

std::optional<std::string> optional_text(const Json& object, const char* name) {
  return object.at(name).is_null() ? std::nullopt : std::optional(text(object, name));
}

std::string in_backticks(std::string_view name) { return "`" + std::string(name) + "`"; }

}  // namespace

std::string_view to_string(OverrideScope scope) {
  return std::find_if(scopes.begin(), scopes.end(),
                      [scope](const auto& each) { return each.first == scope; })
      ->second;
}

std::optional<OverrideScope> override_scope_from(std::string_view text) {
  for (const auto& [scope, name] : scopes) {
    if (name == text) return scope;
  }
  return std::nullopt;
}

Coverage coverage_of(const Json& decision_data) {
  return {.actor = text(decision_data, "actor"),
          .action = text(decision_data, "action"),
          .resource = optional_text(decision_data, "resource"),
          .tool = optional_text(decision_data, "tool"),
          .tenant = optional_text(decision_data, "tenant"),
          .data_classes = decision_data.at("data_classes").get<std::vector<std::string>>()};
}

Coverage coverage_of(const decision::Request& request) {
  return {.actor = request.actor,
          .action = request.action,
          .resource = request.resource,
          .tool = request.tool,
          .tenant = request.tenant,
          .data_classes = request.data_classes};
}

bool covers(const Coverage& overridden, const Coverage& asked) {
  return overridden.actor == asked.actor && overridden.action == asked.action &&
         overridden.resource == asked.resource && overridden.tool == asked.tool &&
         overridden.tenant == asked.tenant &&
         std::includes(overridden.data_classes.begin(), overridden.data_classes.end(),
                       asked.data_classes.begin(), asked.data_classes.end());
}

Override parse_override(const chain::Entry& created) {
  const Json& data = created.data;
  const auto expires_at = optional_text(data, "expires_at");
  return {
      .decision_id = text(data, "decision_id"),
      .type = text(data, "type"),
      .scope = override_scope_from(text(data, "scope")).value_or(OverrideScope::single_decision),
      .approves = data.at("new_outcome") == "approved",
      .exception = {.override_id = text(data, "override_id"),
                    .relations = data.at("relations").get<std::vector<std::string>>(),
                    .expires_at = expires_at ? entry_time(*expires_at) : std::nullopt},
      .seq = created.seq,
      .at = created.timestamp,
      .revoked_seq = std::nullopt,
      .enacted_seq = std::nullopt};
}

Fault override_fault(const chain::Entry& created) {
  const auto outcome = text(created.data, "new_outcome");
  const auto made = parse_override(created);
  const auto& [id, relations, expires_at] = made.exception;
  if (outcome != "approved" && outcome != "denied") {
    return "an override approves or denies, and makes nothing " + outcome;
  }
  if (!made.approves) {
    if (made.scope != OverrideScope::single_decision) {
      return "an override denies one decision; to deny more, change the policy";
    }
    if (!relations.empty() || expires_at) return "a denial lifts no relation and does not expire";
    return std::nullopt;
  }
  if (made.scope == OverrideScope::permanent_policy_change) {
    if (expires_at) return "a permanent change of policy does not expire";
    return std::nullopt;
  }
  if (expires_at && *expires_at <= created.timestamp) {
    return "the override expires at " + to_text(*expires_at) + ", which is over";
  }
  if (made.scope == OverrideScope::multiple_decisions && (!expires_at || relations.empty())) {
    return "an override of several decisions lifts relations until a time";
  }
  return std::nullopt;
}

Fault exception_fault(const decision::Exception& given, const Override* made,
                      const Coverage* overridden, const Coverage& asked, std::uint64_t seq,
                      Timestamp at) {
  const auto name = "the override " + in_backticks(given.override_id);
  if (made == nullptr || overridden == nullptr || made->seq >= seq) {
    return name + " was made by nobody";
  }
  if (made->scope != OverrideScope::multiple_decisions)
    return name + " is not of several decisions";
  if (made->revoked_seq && *made->revoked_seq < seq) {
    return name + " was revoked by " + chain::entry_id(*made->revoked_seq);
  }
  if (given != made->exception) return name + " is on record with other relations or another end";
  if (!given.expires_at || *given.expires_at <= at) return name + " had expired";
  if (!covers(*overridden, asked)) return name + " does not cover the request";
  return std::nullopt;
}

Fault Overrides::take(const chain::Entry& entry) {
  if (entry.event_type == "override.created") return create(entry);
  if (entry.event_type == "override.enacted") return enact(entry);
  if (entry.event_type == "policy.activated") {
    activated_ = {entry.seq, text(entry.data, "policy_hash")};
  }
  return std::nullopt;
}

// What nobody signed changes nothing; that it is there, the check of approvals says.
Fault Overrides::create(const chain::Entry& entry) {
  if (!entry.data.contains("approval")) return std::nullopt;
  auto made = parse_override(entry);
  if (!places_.emplace(made.id(), overrides_.size()).second) {
    return "the override " + in_backticks(made.id()) + " is made a second time";
  }
  for (auto& each : overrides_) {
    const bool is_revoked = !made.approves && each.approves && each.decision_id == made.decision_id;
    if (is_revoked && !each.revoked_seq) each.revoked_seq = made.seq;
  }
  overrides_.push_back(std::move(made));
  return std::nullopt;
}

Fault Overrides::enact(const chain::Entry& entry) {
  const auto id = text(entry.data, "override_id");
  const auto name = "the override " + in_backticks(id);
  const auto place = places_.find(id);
  if (place == places_.end()) return name + " is enacted, and nobody made it";
  auto& made = overrides_[place->second];
  if (made.scope != OverrideScope::permanent_policy_change) {
    return name + " is enacted, and is no permanent change of policy";
  }
  if (made.enacted_seq) return name + " is enacted a second time";
  if (made.revoked_seq) return name + " is enacted after it was revoked";
  if (!activated_ || activated_->first + 1 != entry.seq ||
      activated_->second != text(entry.data, "policy_hash")) {
    return name + " is enacted by no activation before it";
  }
  made.enacted_seq = entry.seq;
  return std::nullopt;
}

const Override* Overrides::find(std::string_view id) const {
  const auto place = places_.find(id);
  return place == places_.end() ? nullptr : &overrides_[place->second];
}

}  // namespace lexecon::authority
