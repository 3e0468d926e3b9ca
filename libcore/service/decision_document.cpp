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

template <class T>
Json maybe(std::optional<T>&& value) {
  return value ? Json(*std::move(value)) : Json();
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

// Most of the document is the data of the entry, which is moved: a batch writes very many.
Json to_json(Decision decision, bool explain) {
  const bool recorded = decision.seq.has_value();
  auto& data = decision.data;
  auto& risk = data.at("risk");
  // A decision that was not recorded has no risk record either.
  if (!recorded && !risk.is_null()) risk["risk_id"] = nullptr;
  json::Members document;
  document.add("action", std::move(data.at("action")))
      .add("actor", std::move(data.at("actor")))
      .add("capability_token", maybe(std::move(decision.token)))
      .add("checkpoint", maybe(decision.checkpoint, checkpoint_json))
      .add("conditions", data.at("policy").at("unmet"))
      .add("decision_id", recorded ? std::move(data.at("decision_id")) : Json())
      .add("entry_hash", maybe(decision.entry_hash, [](const auto& hash) { return hash.hex(); }))
      .add("escalation_id", maybe(std::move(decision.escalation_id)))
      .add("held_by", maybe(decision.held_by, [](auto code) { return policy::to_string(code); }))
      .add("ledger_entry_id", maybe(decision.seq, chain::entry_id))
      .add("outcome", std::move(data.at("outcome")))
      .add("policy", std::move(data.at("policy")))
      .add("reason_code", std::move(data.at("reason_code")))
      .add("reasoning", std::move(data.at("reasoning")))
      .add("reasons", std::move(data.at("reasons")))
      .add("recorded", recorded)
      .add("replayed", decision.replayed)
      .add("request_id", std::move(data.at("request_id")))
      .add("resource", std::move(data.at("resource")))
      .add("risk_level", risk.is_null() ? Json("unknown") : risk.at("level"))
      .add("risk", std::move(risk))
      .add("schema", "lexecon.decision/1")
      .add("seq", maybe(std::move(decision.seq)))
      .add("timestamp", to_text(decision.at))
      .add("token", token_json(data.at("token")));
  if (decision.overrides) document.add("overrides", *std::move(decision.overrides));
  if (explain) {
    document.add("trace", trace_json(decision));
    document.add("files_not_in_force", std::move(decision.files_not_in_force));
  }
  return document.take();
}

}  // namespace lexecon::service
