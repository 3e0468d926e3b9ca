#include "service/risk.hpp"

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "decision/bindings.hpp"
#include "service/decisions.hpp"

namespace lexecon::service {
namespace {

constexpr std::string_view risk_prefix = "rsk_";

std::string dimension_name(std::size_t i) {
  return std::string(risk::to_string(static_cast<risk::Dimension>(i)));
}

Json document_of(const ChosenSet& chosen, std::string_view schema) {
  return {{"schema", schema},
          {"of", to_string(chosen.which)},
          {"policy_hash", chosen.set.policy_hash.hex()},
          {"threshold", chosen.set.risk.escalate_from}};
}

Json dimensions_of(const risk::Score& score) {
  auto out = Json::object();
  for (std::size_t i = 0; i < risk::dimension_count; ++i) {
    if (score.dimensions.at(i)) out[dimension_name(i)] = *score.dimensions.at(i);
  }
  return out;
}

Json fired_in(const risk::Score& score) {
  auto out = Json::array();
  for (const auto& factor : score.factors) {
    out.push_back(
        {{"name", factor.name}, {"error", factor.fault.empty() ? Json() : Json(factor.fault)}});
  }
  return out;
}

}  // namespace

Json assess_risk(const ChosenSet& chosen, const decision::Request& request) {
  cel::Arena arena;
  const decision::Facts facts;  // a set is explained, whatever people did meanwhile
  const auto bindings = decision::bind(request, facts, chosen.at, arena);
  const auto& model = chosen.set.risk;
  const auto score = risk::score(model, request.risk, bindings, arena);
  auto out = document_of(chosen, "lexecon.risk_assessment/1");
  out["at"] = to_text(chosen.at);
  out["score"] = score.score ? Json(*score.score) : Json();
  out["level"] = risk::to_string(score.level);
  out["dimensions"] = dimensions_of(score);
  out["factors"] = fired_in(score);
  out["escalates"] = score.score && *score.score >= model.escalate_from;
  return out;
}

Json risk_model(const ChosenSet& chosen) {
  const auto& model = chosen.set.risk;
  auto out = document_of(chosen, "lexecon.risk_model/1");
  for (std::size_t i = 0; i < risk::dimension_count; ++i) {
    out["weights"][dimension_name(i)] = model.weights.at(i);
  }
  out["levels"] = {{"medium", model.first_of_level[0]},
                   {"high", model.first_of_level[1]},
                   {"critical", model.first_of_level[2]}};
  out["factors"] = Json::array();
  for (const auto& factor : model.factors) {
    out["factors"].push_back({{"name", factor.name},
                              {"when", factor.when.source()},
                              {"dimension", risk::to_string(factor.dimension)},
                              {"add", factor.add}});
  }
  return out;
}

Decision show_risk(const Node& node, const std::string& id) {
  const auto decision_id = id.starts_with(risk_prefix) ? id.substr(risk_prefix.size()) : id;
  auto decision = show_decision(node, decision_id, false);
  if (decision.data.at("risk").is_null()) {
    throw Error(ErrorCode::not_found, "nothing was scored for the decision `" + decision_id + "`",
                {}, "lexecon risk list shows the decisions that have a risk record");
  }
  return decision;
}

Json risk_record(const Decision& decision) {
  Json out{{"schema", "lexecon.risk/1"},
           {"timestamp", to_text(decision.at)},
           {"seq", *decision.seq},
           {"ledger_entry_id", chain::entry_id(*decision.seq)},
           {"entry_hash", decision.entry_hash->hex()},
           {"policy_hash", decision.data.at("policy").at("hash")}};
  for (const auto* member :
       {"decision_id", "actor", "action", "resource", "tenant", "outcome", "reason_code"}) {
    out[member] = decision.data.at(member);
  }
  out.update(decision.data.at("risk"));
  return out;
}

}  // namespace lexecon::service
