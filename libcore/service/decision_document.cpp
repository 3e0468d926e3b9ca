#include <algorithm>

#include "chain/entry.hpp"
#include "json/members.hpp"
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
  return json::Members().add("expires_at", record.at("exp")).add("jti", record.at("jti")).take();
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
  return json::Members()
      .add("root_hash", checkpoint.root.hex())
      .add("tree_size", checkpoint.tree_size)
      .take();
}

}  // namespace

Json to_json(const Decision& decision, bool explain) {
  const auto& data = decision.data;
  const auto& risk = data.at("risk");
  json::Members document;
  document.add("action", data.at("action"))
      .add("actor", data.at("actor"))
      .add("capability_token", maybe(decision.token, [](const auto& text) { return text; }))
      .add("checkpoint", maybe(decision.checkpoint, checkpoint_json))
      .add("conditions", data.at("policy").at("unmet"))
      .add("decision_id", decision.seq ? data.at("decision_id") : Json())
      .add("entry_hash", maybe(decision.entry_hash, [](const auto& hash) { return hash.hex(); }))
      .add("escalation_id", maybe(decision.escalation_id, [](const auto& id) { return id; }))
      .add("ledger_entry_id", maybe(decision.seq, chain::entry_id))
      .add("outcome", data.at("outcome"))
      .add("policy", data.at("policy"))
      .add("reason_code", data.at("reason_code"))
      .add("reasoning", data.at("reasoning"))
      .add("reasons", data.at("reasons"))
      .add("recorded", decision.seq.has_value())
      .add("replayed", decision.replayed)
      .add("request_id", data.at("request_id"))
      .add("resource", data.at("resource"))
      .add("risk", risk_json(decision))
      .add("risk_level", risk.is_null() ? Json("unknown") : risk.at("level"))
      .add("schema", "lexecon.decision/1")
      .add("seq", maybe(decision.seq, [](auto seq) { return seq; }))
      .add("timestamp", to_text(decision.at))
      .add("token", token_json(data.at("token")));
  if (explain) {
    document.add("trace", trace_json(decision));
    document.add("files_not_in_force", decision.files_not_in_force);
  }
  return document.take();
}

}  // namespace lexecon::service
