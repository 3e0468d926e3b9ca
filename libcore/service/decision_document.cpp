#include <algorithm>

#include "chain/entry.hpp"
#include "service/decide.hpp"

namespace lexecon::service {
namespace {

template <class T, class F>
Json maybe(const std::optional<T>& value, F&& shown) {
  return value ? Json(shown(*value)) : Json();
}

/// risk as its entry says; a decision that was not recorded has no risk record either.
Json risk_json(const Decision& decision) {
  auto risk = decision.data.at("risk");
  if (!decision.seq && !risk.is_null()) risk["risk_id"] = nullptr;
  return risk;
}

Json token_json(const Json& record) {
  if (record.is_null()) return {};
  return {{"jti", record.at("jti")}, {"expires_at", record.at("exp")}};
}

Json trace_json(const Decision& decision) {
  auto steps = Json::array();
  for (const auto& step : decision.trace) {
    steps.push_back({{"relation", step.relation},
                     {"effect", step.effect},
                     {"objects", step.objects},
                     {"detail", step.detail}});
  }
  return steps;
}

Json checkpoint_json(const chain::Checkpoint& checkpoint) {
  return {{"tree_size", checkpoint.tree_size}, {"root_hash", checkpoint.root.hex()}};
}

}  // namespace

Json to_json(const Decision& decision, bool explain) {
  const auto& data = decision.data;
  const auto& risk = data.at("risk");
  Json document{
      {"schema", "lexecon.decision/1"},
      {"decision_id", decision.seq ? data.at("decision_id") : Json()},
      {"request_id", data.at("request_id")},
      {"outcome", data.at("outcome")},
      {"reason_code", data.at("reason_code")},
      {"reasons", data.at("reasons")},
      {"reasoning", data.at("reasoning")},
      {"actor", data.at("actor")},
      {"action", data.at("action")},
      {"resource", data.at("resource")},
      {"policy", data.at("policy")},
      {"risk", risk_json(decision)},
      {"risk_level", risk.is_null() ? Json("unknown") : risk.at("level")},
      {"capability_token", maybe(decision.token, [](const auto& text) { return text; })},
      {"token", token_json(data.at("token"))},
      {"conditions", data.at("policy").at("unmet")},
      {"escalation_id", maybe(decision.escalation_id, [](const auto& id) { return id; })},
      {"ledger_entry_id", maybe(decision.seq, chain::entry_id)},
      {"seq", maybe(decision.seq, [](auto seq) { return seq; })},
      {"entry_hash", maybe(decision.entry_hash, [](const auto& hash) { return hash.hex(); })},
      {"checkpoint", maybe(decision.checkpoint, checkpoint_json)},
      {"recorded", decision.seq.has_value()},
      {"replayed", decision.replayed},
      {"timestamp", to_text(decision.at)}};
  if (explain) {
    document["trace"] = trace_json(decision);
    document["files_not_in_force"] = decision.files_not_in_force;
  }
  return document;
}

}  // namespace lexecon::service
