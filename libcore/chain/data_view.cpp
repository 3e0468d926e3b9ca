#include "chain/data_view.hpp"

#include "json/loose.hpp"

namespace lexecon::chain {
namespace {

using json::member;
using json::text;

std::int64_t uses(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (!value.is_number_integer()) return 0;
  const auto number = value.get<std::int64_t>();
  return number < 1 || number > 1'000'000 ? 0 : number;
}

bool is_filled(const Json& list) { return list.is_array() && !list.empty(); }

std::optional<TokenView> token_in(const Entry& entry) {
  const bool is_named = entry.event_type == "token.used" || entry.event_type == "token.revoked";
  const Json& token = is_named ? entry.data : member(entry.data, "token");
  if (token.is_null()) return std::nullopt;
  return TokenView{.jti = text(token, "jti"),
                   .token_hash = text(token, "token_hash"),
                   .expires_at = text(token, "exp"),
                   .kid = text(token, "kid"),
                   .uses = uses(token, "uses")};
}

}  // namespace

DataView view_of(const Entry& entry) {
  const Json& data = entry.data;
  const Json& policy = member(data, "policy");
  const Json& set = policy.is_null() ? data : policy;
  const Json& facts = member(data, "facts");
  const Json& registry = member(facts, "registry");
  const Json& resource = member(data, "resource");
  const Json& decisions = member(data, "decisions");
  return {.decision_id = text(data, "decision_id"),
          .outcome = text(data, "outcome"),
          .policy_hash = text(set, policy.is_null() ? "policy_hash" : "hash"),
          .mode = text(set, "mode"),
          .action = text(data, "action"),
          .actor = text(data, "actor"),
          .resource = resource.is_string() ? std::optional(text(data, "resource")) : std::nullopt,
          .escalation_id = text(data, "escalation_id"),
          .kid = text(data, "kid"),
          .evidence_id = text(data, "evidence_id"),
          .token = token_in(entry),
          .use = uses(data, "use"),
          .has_approvals = is_filled(member(facts, "approvals")),
          .has_exceptions = is_filled(member(facts, "exceptions")),
          .guard = text(facts, "guard"),
          .tenant = text(data, "tenant"),
          .model = text(data, "model"),
          .prompt = text(data, "prompt"),
          .model_state = text(registry, "model"),
          .prompt_state = text(registry, "prompt"),
          .decisions = decisions.is_array() ? &decisions : nullptr};
}

}  // namespace lexecon::chain
