#include "chain/decision_shape.hpp"

#include <algorithm>
#include <array>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "chain/verdict_rules.hpp"

namespace lexecon::chain {

void responsibility_level(const Json& value, const Place& at) {
  one_of({"full", "shared", "supervised", "automated"}, "full, shared, supervised or automated",
         value, at);
}
void maker(const Json& value, const Place& at) {
  one_of({"ai_system", "human_operator", "human_supervisor", "human_executive", "delegated",
          "emergency_override"},
         "who decided, as `ai_system`", value, at);
}

namespace {

constexpr std::size_t max_matched = 32;
constexpr std::size_t max_data_classes = 32;
constexpr std::int64_t max_token_life_micros = 86'400'000'000;

constexpr auto approval_members = std::to_array<Member>({
    {"operator", name_id},
    {"requirement", requirement},
    {"seq", earlier_seq},
});
void approval_fact(const Json& value, const Place& at) { members(value, at, approval_members); }

constexpr auto exception_members = std::to_array<Member>({
    {"expires_at", or_null<entry_instant>},
    {"override_id", override_id},
    {"relations", list_of<line>},
});
void exception_fact(const Json& value, const Place& at) { members(value, at, exception_members); }

constexpr auto limit_members = std::to_array<Member>({
    {"allowed", count},
    {"name", name_id},
    {"used", count},
});
/// Each limit once, by name.
void limit_facts(const Json& value, const Place& at) {
  items(value, at,
        [](const Json& limit, const Place& below) { members(limit, below, limit_members); });
  std::string_view before;
  for (const auto& limit : value) {
    const auto name = text_of(limit, "name");
    if (name <= before) refuse("limits that ascend by name", at);
    before = name;
  }
}

void registry_state(const Json& value, const Place& at) {
  one_of({"unregistered", "registered", "approved", "expired", "rejected", "retired"},
         "a state of the registry", value, at);
}
constexpr auto registry_members = std::to_array<Member>({
    {"model", or_null<registry_state>},
    {"prompt", or_null<registry_state>},
});
void registry_fact(const Json& value, const Place& at) { members(value, at, registry_members); }

constexpr auto facts_members = std::to_array<Member>({
    {"approvals", list_of<approval_fact>},
    {"exceptions", list_of<exception_fact>},
    {"guard", or_null<code>},
    {"limits", limit_facts},
    {"registry", or_null<registry_fact>},
});

constexpr auto policy_members = std::to_array<Member>({
    {"hash", or_null<hex_64>},
    {"matched", list_of<line>},
    {"matched_count", count},
    {"mode", or_null<mode>},
    {"unmet", ascending<requirement>},
});
void policy(const Json& value, const Place& at) {
  members(value, at, policy_members);
  if (value.at("hash").is_null() != value.at("mode").is_null()) {
    refuse("a hash and a mode, or neither", at);
  }
  const auto matched = value.at("matched_count").get<std::uint64_t>();
  if (value.at("matched").size() != std::min<std::uint64_t>(matched, max_matched)) {
    refuse("the first 32 of `matched_count` relations", at.below("matched"));
  }
}

constexpr auto responsibility_members = std::to_array<Member>({
    {"level", responsibility_level},
    {"maker", maker},
});
void responsibility(const Json& value, const Place& at) {
  members(value, at, responsibility_members);
}

void dimensions(const Json& value, const Place& at) {
  constexpr std::array<std::string_view, 6> known{"security",    "privacy",      "compliance",
                                                  "operational", "reputational", "financial"};
  if (!value.is_object() || value.empty()) refuse("an object of scored dimensions", at);
  for (const auto& [name, score] : value.items()) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      refuse("a dimension of risk", at.below(name));
    }
    percent(score, at.below(name));
  }
}
void level_of_risk(const Json& value, const Place& at) {
  one_of({"low", "medium", "high", "critical"}, "low, medium, high or critical", value, at);
}
constexpr auto risk_members = std::to_array<Member>({
    {"dimensions", dimensions},
    {"factors", list_of<line>},
    {"level", level_of_risk},
    {"risk_id", line},
    {"score", percent},
});
void risk(const Json& value, const Place& at) { members(value, at, risk_members); }

constexpr auto usage_members = std::to_array<Member>({
    {"cost_micros", count},
    {"input_tokens", count},
    {"output_tokens", count},
});
void usage(const Json& value, const Place& at) { members(value, at, usage_members); }

void audience(const Json& value, const Place& at) {
  if (!value.is_string() || !is_audience(value.get_ref<const std::string&>())) {
    refuse("an audience [!-~]{1,255}", at);
  }
}
constexpr auto token_members = std::to_array<Member>({
    {"aud", audience},
    {"exp", token_instant},
    {"iat", token_instant},
    {"jti", token_id},
    {"kid", hex_16},
    {"token_hash", hex_64},
    {"uses", token_use},
});

void engine(const Json& value, const Place& at) {
  constexpr std::string_view prefix = "lexecon-judge/";
  line(value, at);
  const std::string& name = value.get_ref<const std::string&>();
  const auto version = name.starts_with(prefix)
                           ? parse_integer(std::string_view(name).substr(prefix.size()))
                           : std::nullopt;
  if (!version || *version < 1) refuse("`lexecon-judge/<n>`", at);
}

void via(const Json& value, const Place& at) {
  constexpr std::string_view hook = "hook:";
  code(value, at);
  const std::string& name = value.get_ref<const std::string&>();
  const bool is_hook = name.starts_with(hook) && name.size() > hook.size();
  if (!is_hook && name != "cli" && name != "batch" && name != "gate") {
    refuse("cli, batch, gate or hook:<name>", at);
  }
}

void data_classes(const Json& value, const Place& at) {
  ascending_items(value, at, data_term);
  if (value.size() > max_data_classes) refuse("at most 32 data classes", at);
}

constexpr auto all_decision_members = std::to_array<Member>({
    {"action", action_term},
    {"actor", actor_term},
    {"at", entry_instant},
    {"data_classes", data_classes},
    {"decision_id", decision_id},
    {"engine", engine},
    {"facts", facts},
    {"idempotency_key", or_null<free_identifier>},
    {"model", or_null<free_identifier>},
    {"outcome", outcome},
    {"owners", ascending<actor_term>},
    {"policy", policy},
    {"prompt", or_null<free_identifier>},
    {"reason_code", code},
    {"reasons", list_of<code>},
    {"reasoning", line},
    {"request_id", or_null<free_identifier>},
    {"resource", or_null<resource_term>},
    {"responsibility", responsibility},
    {"risk", or_null<risk>},
    {"tenant", or_null<free_identifier>},
    {"token", or_null<token_record>},
    {"tool", or_null<free_identifier>},
    {"trace_id", or_null<free_identifier>},
    {"usage", or_null<usage>},
    {"via", via},
});

}  // namespace

std::span<const Member> decision_members() { return all_decision_members; }

void facts(const Json& value, const Place& at) { members(value, at, facts_members); }

void token_record(const Json& value, const Place& at) {
  members(value, at, token_members);
  const auto life = token_time(text_of(value, "exp")).value_or(Timestamp{}).micros -
                    token_time(text_of(value, "iat")).value_or(Timestamp{}).micros;
  if (life <= 0 || life > max_token_life_micros) {
    refuse("an expiry at most 86,400 s after the issue", at.below("exp"));
  }
}

void token_issued_rule(const Json& data, const Place& at) {
  const Json& token = data.at("token");
  const auto issued = entry_time(text_of(data, "at"));
  if (!issued || text_of(token, "iat") != to_text_seconds(*issued)) {
    refuse("`at` cut to the second", at.below("token").below("iat"));
  }
}

void decision_rule(const Json& data, const Place& at) {
  const Json& risk = data.at("risk");
  if (!risk.is_null() &&
      text_of(risk, "risk_id") != "rsk_" + std::string(text_of(data, "decision_id"))) {
    refuse("`rsk_` and the decision's id", at.below("risk").below("risk_id"));
  }
  if (!risk.is_null()) risk_rule(risk, at.below("risk"));
  verdict_rule(data, at);
  if (data.at("token").is_null()) return;
  if (text_of(data, "outcome") != "approved")
    refuse("no token but for approved", at.below("token"));
  token_issued_rule(data, at);
}

}  // namespace lexecon::chain
