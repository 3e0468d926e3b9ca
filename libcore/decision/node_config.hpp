// node.yaml: what the operator of a node may set. Part of the active set.
//
// Errors   Error{bad_input} with file:line:col
// Source   lexecon-node(5)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decision/escalation_config.hpp"
#include "decision/limits.hpp"

namespace lexecon::decision {

enum class FourEyes : std::uint8_t { required, single };
/// "double" and "single", as in the file and in entries.
[[nodiscard]] std::string_view to_string(FourEyes four_eyes);

enum class OnEscalation : std::uint8_t { deny, ask };
/// What is done with a request whose sealed content holds a secret.
enum class OnProhibited : std::uint8_t { deny, warn, allow };

/// What the registry of models, or of prompts, has to say to a request: nothing, that a version it names is
/// approved, or that it names an approved one.
enum class RegistryUse : std::uint8_t { off, named, required };
struct RegistryConfig {
  RegistryUse models = RegistryUse::off;   // registry.models
  RegistryUse prompts = RegistryUse::off;  // registry.prompts
};

/// Which packages a second person has to approve before they are made.
enum class ExportApproval : std::uint8_t { none, sealed, all };

inline constexpr std::int64_t max_token_life_seconds = 86'400;

struct NodeConfig {
  std::string id;                                         // id
  FourEyes four_eyes = FourEyes::required;                // roles.four_eyes
  std::int64_t token_life_seconds = 300;                  // tokens.ttl
  std::optional<std::string> token_audience;              // tokens.audience; default: the origin
  OnEscalation on_escalation = OnEscalation::deny;        // hooks.escalated
  EscalationConfig escalations;                           // escalations
  RegistryConfig registry;                                // registry
  bool tenant_required = false;                           // tenants.required
  std::vector<Limit> limits;                              // limits, breakers, budgets: by name
  OnProhibited on_prohibited = OnProhibited::deny;        // prohibited.sealed
  ExportApproval export_approval = ExportApproval::none;  // exports.approval
};

[[nodiscard]] NodeConfig load_node_config(std::string_view bytes, const std::string& file);

}  // namespace lexecon::decision
