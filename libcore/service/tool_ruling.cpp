#include "service/tool_ruling.hpp"

#include "decision/node_config.hpp"
#include "json/json.hpp"
#include "service/sets.hpp"

namespace lexecon::service {
namespace {

using agent::Permission;
using decision::OnEscalation;

/// What the node.yaml says that judged, which need no longer be the active one.
OnEscalation on_escalation(const Node& node, const Decision& decision) {
  const auto& hash = decision.data.at("policy").at("hash");
  if (hash.is_null()) return OnEscalation::deny;
  const auto set = find_set(node, hash_from_hex(hash.get_ref<const std::string&>()));
  return decision::load_node_config(set_file_bytes(node, set, "node.yaml"), "node.yaml")
      .on_escalation;
}

Permission permission_of(const Node& node, const Decision& decision) {
  if (decision.held_by) return Permission::deny;
  switch (decision.outcome) {
    case policy::Outcome::approved:
      return Permission::allow;
    case policy::Outcome::escalated:
      return on_escalation(node, decision) == OnEscalation::ask ? Permission::ask
                                                                : Permission::deny;
    case policy::Outcome::conditional:
    case policy::Outcome::denied:
      return Permission::deny;
  }
  return Permission::deny;
}

std::string reason_of(const Decision& decision) {
  auto text = "lexecon, " + decision.data.at("action").get<std::string>() + ": " +
              decision.data.at("reasoning").get<std::string>();
  if (decision.held_by) text += "; held now: " + std::string(policy::to_string(*decision.held_by));
  if (decision.escalation_id) text += "; escalation " + *decision.escalation_id;
  return text + " (" + decision.data.at("decision_id").get<std::string>() + ")";
}

}  // namespace

ToolRuling rule_on_tool(const Node& node, const decision::Request& request, const std::string& host,
                        Session& session) {
  const DecideOptions options{
      .via = "hook:" + host, .life_seconds = {}, .audience = {}, .with_token = false};
  ToolRuling ruling{.decision = decide(node.files, request, options, session), .reason = {}};
  ruling.permission = permission_of(node, ruling.decision);
  ruling.reason = reason_of(ruling.decision);
  return ruling;
}

Json to_json(const ToolRuling& ruling) {
  return {{"schema", "lexecon.hook_answer/1"},
          {"allowed", ruling.permission == Permission::allow},
          {"permission", agent::to_string(ruling.permission)},
          {"reason", ruling.reason},
          {"decisions", Json::array({to_json(ruling.decision, false)})}};
}

}  // namespace lexecon::service
