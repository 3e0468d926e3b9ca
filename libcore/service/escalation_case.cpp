#include "service/escalation_case.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "oversight/decisions.hpp"
#include "policy/graph.hpp"
#include "registry/operators.hpp"
#include "registry/tokens.hpp"
#include "service/decisions.hpp"
#include "service/escalations.hpp"
#include "service/mint.hpp"

namespace lexecon::service {
namespace {

constexpr std::uint64_t like_considered = 100;
constexpr std::size_t like_shown = 5;

Json why(const Case& subject) {
  const Json& data = subject.decision.data;
  auto matched = Json::array();
  for (const auto& id : data.at("policy").at("matched")) {
    const auto& relations = subject.set->policies.graph().relations;
    const auto found = std::find_if(relations.begin(), relations.end(),
                                    [&](const policy::Relation& each) { return each.id == id; });
    const bool is_known = found != relations.end();
    matched.push_back({{"relation", id},
                       {"type", is_known ? Json(policy::to_string(found->type)) : Json()},
                       {"justification", is_known ? Json(found->justification) : Json()}});
  }
  return {{"reason_code", data.at("reason_code")},
          {"reasoning", data.at("reasoning")},
          {"matched", std::move(matched)},
          {"matched_count", data.at("policy").at("matched_count")},
          {"unmet", data.at("policy").at("unmet")},
          {"risk", data.at("risk")}};
}

std::string fate_of_token(store::Database& database, const std::string& decision_id) {
  const auto tokens = registry::tokens_of(database, decision_id);
  if (tokens.empty()) return "none";
  const bool is_used =
      std::any_of(tokens.begin(), tokens.end(), [](const auto& each) { return each.used > 0; });
  if (is_used) return "used";
  const bool is_revoked = std::all_of(
      tokens.begin(), tokens.end(), [](const auto& each) { return each.revoked_seq.has_value(); });
  return is_revoked ? "revoked" : "unused";
}

/// What became of a decision: its outcome, or how its escalation ended, or that this is open.
std::string fate_of(const Decision& decision,
                    const std::map<std::string, authority::EscalationStanding>& standings) {
  if (decision.outcome != policy::Outcome::escalated) {
    return std::string(policy::to_string(decision.outcome));
  }
  const auto found = standings.find(decision.escalation_id.value_or(""));
  if (found == standings.end()) return "escalated";
  const auto& standing = found->second;
  if (standing.state != authority::EscalationState::resolved) {
    return std::string(to_string(standing.state));
  }
  return standing.outcome.value_or("");
}

/// Decisions on the same action of the same actor, the newest first.
Json like(store::Database& database, const Case& subject) {
  std::map<std::string, authority::EscalationStanding> standings;
  for (const auto& each : oversight::escalations_on_record(database)) {
    standings.emplace(each.opened.escalation_id, each.standing);
  }
  const Json& data = subject.decision.data;
  oversight::DecisionFilter filter;
  filter.actor = data.at("actor").get<std::string>();
  filter.action = data.at("action").get<std::string>();
  filter.limit = like_considered + 1;  // itself is one
  filter.reverse = true;
  std::uint64_t considered = 0;
  std::map<std::string, std::uint64_t> counts;
  auto shown = Json::array();
  oversight::each_decision(database, filter, [&](std::uint64_t seq) {
    const auto other = read_decision(database, seq);
    const bool is_like = other.data.at("actor") == *filter.actor &&
                         other.data.at("action") == *filter.action && seq != subject.decision.seq;
    if (!is_like || considered == like_considered) return;
    ++considered;
    const auto became = fate_of(other, standings);
    ++counts[became];
    if (shown.size() == like_shown) return;
    const auto id = other.data.at("decision_id").get<std::string>();
    shown.push_back({{"decision_id", id},
                     {"timestamp", to_text(other.at)},
                     {"resource", other.data.at("resource")},
                     {"outcome", policy::to_string(other.outcome)},
                     {"became", became},
                     {"token", fate_of_token(database, id)}});
  });
  return {{"considered", considered},
          {"approved", counts["approved"]},
          {"denied", counts["denied"]},
          {"decisions", std::move(shown)}};
}

/// The claims of the token that an approval is worth.
Json yes(const Node& node, const Case& subject, Timestamp now) {
  const auto terms = token_terms(node.origin, *subject.set, std::nullopt, std::nullopt);
  Json out{{"audience", terms.audience},
           {"uses", 1},
           {"token_seconds", terms.life_seconds},
           {"usable_until", to_text(now + subject.set->node.escalations.approval_life)}};
  for (const auto* member : {"action", "resource", "tool", "data_classes", "tenant"}) {
    out[member] = subject.decision.data.at(member);
  }
  return out;
}

Json who(store::Database& database, const Case& subject) {
  const auto operators = registry::operators(database);
  auto may = Json::array();
  auto may_not = Json::array();
  for (const auto& member : operators.all()) {
    if (member.revoked_seq) continue;
    const auto unfit = unfit_for(subject, operators, *member.as);
    if (!unfit) {
      may.push_back(member.as->id);
    } else {
      may_not.push_back({{"operator", member.as->id}, {"why", *unfit}});
    }
  }
  return {{"may", std::move(may)}, {"may_not", std::move(may_not)}};
}

Json commands(const Case& subject) {
  if (!subject.escalation.standing.is_open()) return {};
  const auto command = [&](const char* answer) {
    return "lexecon escalation resolve " + subject.id() + " --" + answer +
           " --as NAME --sign-with FILE";
  };
  return {{"approve", command("approve")}, {"deny", command("deny")}};
}

}  // namespace

Json escalation_case(const Node& node, const std::string& id, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  now = std::max(now, last_entry_time(database));
  CaseReader reader(database);
  const auto subject = reader.find(id);
  const auto request = sealed_request(database, *subject.decision.seq);
  return {{"schema", "lexecon.escalation_case/1"},
          {"escalation", to_json(subject, now)},
          {"request", request ? request->canonical : Json()},
          {"why", why(subject)},
          {"like", like(database, subject)},
          {"yes", yes(node, subject, now)},
          {"operators", who(database, subject)},
          {"commands", commands(subject)}};
}

}  // namespace lexecon::service
